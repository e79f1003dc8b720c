import { digest, gzip, writeTar, type TarEntry } from '../../../archive';

export interface GemParts {
  readonly name?: string;
  readonly version?: string;
  readonly platform?: string;
  readonly date?: string;
  /** Further lines of the metadata. */
  readonly lines?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** Takes the place of the right digest of `data.tar.gz`. */
  readonly checksum?: string;
}

/** A gem as RubyGems 3.3 builds it, reduced to what is read. */
export function buildGem(parts: GemParts = {}): Uint8Array {
  const { files = { 'lib/acme.rb': 'module Acme; end\n' } } = parts;
  const data = gzip(writeTar(Object.entries(files).map(([name, text]) => entry(name, text))));
  const sum = parts.checksum ?? digest('sha256', data);
  return writeTar([
    entry('metadata.gz', gzip(Buffer.from(metadataOf(parts)))),
    entry('data.tar.gz', data),
    entry('checksums.yaml.gz', gzip(Buffer.from(`---\nSHA256:\n  data.tar.gz: ${sum}\n`))),
  ]);
}

function metadataOf({ name, version, platform, date, lines = [] }: GemParts): string {
  return [
    '--- !ruby/object:Gem::Specification',
    `name: ${name ?? 'acme'}`,
    'version: !ruby/object:Gem::Version',
    `  version: ${version ?? '1.2.0'}`,
    `platform: ${platform ?? 'ruby'}`,
    `date: ${date ?? '1980-01-02 00:00:00.000000000 Z'}`,
    ...lines,
    'rubygems_version: 3.3.15',
    '',
  ].join('\n');
}

/** The lines of a runtime dependency on `core`, `~> 1.2` and `>= 1.10`. */
export const dependencyLines = [
  'dependencies:',
  '- !ruby/object:Gem::Dependency',
  '  name: core',
  '  requirement: !ruby/object:Gem::Requirement',
  '    requirements:',
  '    - - "~>"',
  '      - !ruby/object:Gem::Version',
  "        version: '1.2'",
  '    - - ">="',
  '      - !ruby/object:Gem::Version',
  '        version: 1.10',
  '  type: :runtime',
  '  prerelease: false',
  '- !ruby/object:Gem::Dependency',
  '  name: rake',
  '  requirement: !ruby/object:Gem::Requirement',
  '    requirements:',
  '    - - ">="',
  '      - !ruby/object:Gem::Version',
  "        version: '0'",
  '  type: :development',
  '  prerelease: false',
] as const;

function entry(name: string, content: string | Uint8Array): TarEntry {
  return { name, type: 'file', mode: 0o644, content: Buffer.from(content) };
}
