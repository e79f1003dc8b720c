import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a person has set up for six registries, each with a token of its own. */
export interface PlantedSecrets {
  /** Files of the person's tools, by path below the home. */
  readonly files: readonly string[];
  /** Content and modification time of every file. */
  snapshot(): Readonly<Record<string, string>>;
}

/** Writes the credentials that the six native tools keep in a home, for one server that speaks all protocols. */
export function plantSecrets(
  home: string,
  url: string,
  tokens: Readonly<Record<string, string>>,
): PlantedSecrets {
  const host = url.replace('http:', '');
  const texts: Readonly<Record<string, string>> = {
    '.npmrc': `${host}/npm/:_authToken=${tokens['npm']}\n`,
    '.pypirc': `[own]\nrepository = ${url}/pypi/legacy/\nusername = __token__\npassword = ${tokens['pypi']}\n`,
    '.cargo/config.toml': `[registries.own]\nindex = "sparse+${url}/cargo/index/"\n`,
    '.cargo/credentials.toml': `[registries.own]\ntoken = "${tokens['cargo']}"\n`,
    '.gem/credentials': `---\n${url}/gems: ${tokens['rubygems']}\n`,
    '.hex/hex.config': `{api_url,<<"${url}/hex/api">>}.\n{api_key,<<"${tokens['hex']}">>}.\n`,
    '.cabal/config': `repository own\n  url: ${url}/hackage\npassword: ${tokens['hackage']}\nusername: hackage\n`,
  };
  for (const [file, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), text, { mode: 0o600 });
  }
  const files = Object.keys(texts);
  const stateOf = (file: string): string =>
    `${statSync(join(home, file)).mtimeMs} ${readFileSync(join(home, file), 'utf8')}`;
  return {
    files,
    snapshot: () => Object.fromEntries(files.map((file) => [file, stateOf(file)])),
  };
}
