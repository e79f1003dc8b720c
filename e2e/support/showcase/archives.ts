import { digest, gzip, writeTar } from '../../../packages/ecosystems/src/archive';
import { packTarball } from '../../../packages/ecosystems/src/ecosystems/hex/tarball';
import { buildGem } from '../../../packages/ecosystems/src/ecosystems/rubygems/testing/gem';

/** What a package of the showcase says of itself. */
export interface Said {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly keywords?: readonly string[];
  readonly needs?: Readonly<Record<string, string>>;
  readonly homepage?: string;
}

interface Archive {
  readonly filename: string;
  readonly bytes: Uint8Array;
}

const homepage = 'https://lumen.example';

/** Small archives, each as the tool of its ecosystem would pack it. */
export const archives: Readonly<Record<string, (said: Said) => Archive>> = {
  cargo: (said) => {
    const lines = [
      '[package]',
      ...pairs({ name: said.name, version: said.version, description: said.summary }),
      ...pairs({ edition: '2021', license: 'MIT', homepage: said.homepage ?? homepage }),
      `repository = "${homepage}/source"`,
      `keywords = ${JSON.stringify(said.keywords ?? [])}`,
      '[dependencies]',
      ...pairs(said.needs ?? {}),
    ];
    const root = `${said.name}-${said.version}`;
    const files = { 'Cargo.toml': lines.join('\n'), 'src/lib.rs': filler(said, 9) };
    return { filename: `${root}.crate`, bytes: tarGz(below(root, files)) };
  },
  npm: ({ name, version, summary: description, needs: dependencies, keywords, homepage: own }) => {
    const said = { name, version, description, keywords, dependencies, license: 'MIT' };
    const manifest = {
      ...said,
      homepage: own ?? homepage,
      repository: { url: `${homepage}/source` },
    };
    const files = { 'package.json': JSON.stringify(manifest), 'index.js': filler(said, 4) };
    const filename = `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`;
    return { filename, bytes: tarGz(below('package', files)) };
  },
  pypi: (said) => {
    const lines = [
      ...['Metadata-Version: 2.4', `Name: ${said.name}`, `Version: ${said.version}`],
      ...[`Summary: ${said.summary}`, 'License-Expression: MIT', 'Requires-Python: >=3.9'],
      ...[`Keywords: ${(said.keywords ?? []).join(',')}`, `Project-URL: Homepage, ${homepage}`],
      ...entries(said.needs).map(([name, requirement]) => `Requires-Dist: ${name}${requirement}`),
    ];
    const root = `${said.name}-${said.version}`;
    const files = { 'PKG-INFO': `${lines.join('\n')}\n`, 'lumen.py': filler(said, 6) };
    return { filename: `${root}.tar.gz`, bytes: tarGz(below(root, files)) };
  },
  hex: (said) => {
    const requirements = entries(said.needs).map(
      ([name, requirement]) =>
        `[{<<"name">>,<<"${name}">>},{<<"app">>,<<"${name}">>},{<<"optional">>,false},{<<"requirement">>,<<"${requirement}">>},{<<"repository">>,<<"hexpm">>}]`,
    );
    const metadata = [
      `{<<"name">>,<<"${said.name}">>}.`,
      `{<<"version">>,<<"${said.version}">>}.`,
      `{<<"app">>,<<"${said.name}">>}.`,
      `{<<"description">>,<<"${said.summary}">>}.`,
      `{<<"licenses">>,[<<"MIT">>]}.`,
      `{<<"links">>,[{<<"Homepage">>,<<"${homepage}">>}]}.`,
      `{<<"build_tools">>,[<<"mix">>]}.`,
      `{<<"files">>,[<<"lib/lumen.ex">>]}.`,
      `{<<"requirements">>,[${requirements.join(',')}]}.`,
    ];
    const file = { name: 'lib/lumen.ex', executable: false, content: Buffer.from(filler(said, 3)) };
    const bytes = packTarball(`${metadata.join('\n')}\n`, [file]);
    return { filename: `${said.name}-${said.version}.tar`, bytes };
  },
  hackage: (said) => {
    const needs = entries(said.needs).map(([name, requirement]) => `, ${name} ${requirement}`);
    const cabal = [
      'cabal-version: 2.4',
      ...[`name: ${said.name}`, `version: ${said.version}`, `synopsis: ${said.summary}`],
      ...['license: MIT', `homepage: ${homepage}`, `category: ${(said.keywords ?? []).join(', ')}`],
      ...['', 'library', '  exposed-modules: Lumen', '  hs-source-dirs: src'],
      `  build-depends: base >=4 && <5${needs.join('')}`,
      '  default-language: Haskell2010',
    ];
    const root = `${said.name}-${said.version}`;
    const files = { [`${said.name}.cabal`]: cabal.join('\n'), 'src/Lumen.hs': filler(said, 5) };
    return { filename: `${root}.tar.gz`, bytes: tarGz(below(root, files)) };
  },
  rubygems: (said) => {
    const lines = [`summary: ${said.summary}`, 'licenses:', '- MIT', `homepage: ${homepage}`];
    const { name, version } = said;
    const bytes = buildGem({ name, version, lines, files: { 'lib/lumen.rb': filler(said, 2) } });
    return { filename: `${name}-${version}.gem`, bytes };
  },
};

function pairs(values: Readonly<Record<string, string>>): readonly string[] {
  return entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
}

function entries(values: Readonly<Record<string, string>> = {}) {
  return Object.entries(values);
}

/** Text that does not pack well, so that sizes look like those of packages; the same each time. */
function filler(
  { name, version }: { readonly name: string; readonly version: string },
  kilobytes: number,
) {
  const digests = Array.from({ length: kilobytes * 16 }, (_, index) =>
    digest('sha512', Buffer.from(`${name} ${version} ${index}`)),
  );
  return digests.join('\n');
}

function below(root: string, files: Readonly<Record<string, string>>) {
  return Object.fromEntries(entries(files).map(([name, text]) => [`${root}/${name}`, text]));
}

function tarGz(files: Readonly<Record<string, string>>): Uint8Array {
  const members = entries(files).map(([name, text]) => ({
    name,
    type: 'file' as const,
    mode: 0o644,
    content: Buffer.from(text),
  }));
  return gzip(writeTar(members));
}
