/** What a page of a package shows under "Install": the lines by their heading, as a person copies them. */
export function shownGuides(page: string): ReadonlyMap<string, readonly string[]> {
  const guides = page.matchAll(
    /<div class="guide">\s*<h3>([^]*?)<\/h3>\s*<pre[^>]*>([^]*?)<\/pre>/g,
  );
  return new Map(
    [...guides].map(([, heading = '', code = '']) => [textOf(heading), textOf(code).split('\n')]),
  );
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};

function textOf(markup: string): string {
  const text = markup.replace(/<[^>]*>/g, '').trim();
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
