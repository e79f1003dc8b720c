import type { SourceFile } from './sources';

/** Words that belong to one ecosystem alone, in comments as well: facts about a tool stand in its own folder. */
const words =
  /\b(?:cargo|crates?\.io|pypi|twine|hackage|rubygems|gemspec|gems?|cabal|mix\.exs|pyproject)\b/i;
/** Ids that are ordinary words elsewhere (`digest('hex')`, "run npm install"): only as a value that stands for an ecosystem. */
const ids =
  /(?<!digest\(|encode\(|toString\(|Buffer\.from\([^)]*, ?)'(?:npm|hex|cargo|pypi|hackage|rubygems)'/;
const home = /^packages\/ecosystems\/src\/ecosystems\/(?:[a-z]+\/|index\.ts$)/;
const switching = /switch \((?:\w+\.)*ecosystem(?:\.id)?\)/;

export function checkEcosystemNames(sources: readonly SourceFile[]): string[] {
  return sources
    .filter(({ path, isTest }) => !isTest && !home.test(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          words.test(line) || ids.test(codeOf(line)) || switching.test(codeOf(line))
            ? [`${path}:${index + 1}: ${line.trim()}`]
            : [],
        ),
    );
}

function codeOf(line: string): string {
  return line.replace(/^\s*(?:\/\*\*?|\*|\/\/).*$/, '');
}
