import type { Ecosystem } from '@forge/ecosystems';

/** What to paste so that the native tools of every ecosystem talk to the server at `url`. */
export function renderSettings(
  ecosystems: readonly Ecosystem[],
  url: string,
  token: string,
): string {
  const sections = ecosystems.map(({ title, wire }) =>
    [`# ${title}`, ...wire.settings(url, token)].join('\n'),
  );
  return `${sections.join('\n\n')}\n`;
}
