/** The ways in which a manifest breaks in practice. */
export const ways = ['empty', 'truncated', 'utf16', 'no-name', 'no-version'] as const;
export type Way = (typeof ways)[number];

/** How one ecosystem writes a package, its dependency on a neighbour, and what `truncated` leaves of it. */
interface Sample {
  file(name: string): string;
  /** `needs` stands in the directory beside it. */
  manifest(name: string, needs?: string): string;
  readonly name: RegExp;
  readonly version: RegExp;
}

const samples: Readonly<Record<string, Sample>> = {
  cargo: {
    file: () => 'Cargo.toml',
    manifest: (name, needs) =>
      `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${needs ? `[dependencies]\n${needs} = { path = "../${needs}", version = "1" }\n` : ''}`,
    name: /^name.*\n/m,
    version: /^version.*\n/m,
  },
  npm: {
    file: () => 'package.json',
    manifest: (name, needs) =>
      `{\n  "name": "${name}",\n  "version": "1.0.0",\n  "publishConfig": { "access": "public" },\n  "dependencies": {${needs ? ` "${needs}": "^1.0.0" ` : ''}}\n}\n`,
    name: /^ {2}"name".*\n/m,
    version: /^ {2}"version".*\n/m,
  },
  pypi: {
    file: () => 'pyproject.toml',
    manifest: (name, needs) =>
      `[project]\nname = "${name}"\nversion = "1.0.0"\ndependencies = [${needs ? `"${needs}>=1"` : ''}]\n`,
    name: /^name.*\n/m,
    version: /^version.*\n/m,
  },
  hex: {
    file: () => 'mix.exs',
    manifest: (name, needs) =>
      `defmodule ${name[0]?.toUpperCase()}${name.slice(1)}.MixProject do\n  use Mix.Project\n\n  def project do\n    [\n      app: :${name},\n      version: "1.0.0",\n      description: "Sample",\n      package: [licenses: ["MIT"]],\n      deps: [${needs ? `{:${needs}, path: "../${needs}"}` : ''}]\n    ]\n  end\nend\n`,
    name: /^ *app:.*\n/m,
    version: /^ *version:.*\n/m,
  },
  hackage: {
    file: (name) => `${name}.cabal`,
    manifest: (name, needs) =>
      `cabal-version: 3.0\nname: ${name}\nversion: 1.0.0\nlibrary\n  build-depends: base${needs ? `, ${needs} ^>=1.0` : ''}\n  default-language: Haskell2010\n`,
    name: /^name:.*\n/m,
    version: /^version:.*\n/m,
  },
  rubygems: {
    file: (name) => `${name}.gemspec`,
    manifest: (name, needs) =>
      `Gem::Specification.new do |spec|\n  spec.name = "${name}"\n  spec.version = "1.0.0"\n  spec.summary = "Sample"\n  spec.authors = ["Sample"]\n${needs ? `  spec.add_dependency "${needs}", "~> 1.0"\n` : ''}end\n`,
    name: /^ *spec\.name.*\n/m,
    version: /^ *spec\.version.*\n/m,
  },
};

/** Two packages per ecosystem, `<id>top` needs `<id>base`. */
export function soundManifests(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(samples).flatMap(([id, { file, manifest }]) => [
      [`sound/${id}base/${file(`${id}base`)}`, manifest(`${id}base`)],
      [`sound/${id}top/${file(`${id}top`)}`, manifest(`${id}top`, `${id}base`)],
    ]),
  );
}

export interface BrokenSample {
  readonly ecosystem: string;
  readonly way: Way;
  readonly root: string;
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** One manifest per ecosystem and way, each in a directory of its own. */
export function brokenManifests(): readonly BrokenSample[] {
  return Object.entries(samples).flatMap(([ecosystem, sample]) =>
    ways.map((way) => {
      const name = `${ecosystem}${way.replace('-', '')}`;
      const root = `broken/${name}`;
      const bytes = breakIt(sample, sample.manifest(name), way);
      return { ecosystem, way, root, file: `${root}/${sample.file(name)}`, bytes };
    }),
  );
}

function breakIt({ name, version }: Sample, text: string, way: Way): Uint8Array {
  switch (way) {
    case 'empty':
      return Buffer.alloc(0);
    case 'truncated':
      return Buffer.from(text.slice(0, text.search(version) + 4));
    case 'utf16':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'no-name':
      return Buffer.from(text.replace(name, ''));
    case 'no-version':
      return Buffer.from(text.replace(version, ''));
  }
}
