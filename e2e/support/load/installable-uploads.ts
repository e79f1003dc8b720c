import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { gzip, writeMultipart } from '../../../packages/ecosystems/src/archive';
import { tarGzOf, tarOf } from '../../../packages/ecosystems/src/testing/archives';
import { makers, type Upload } from './uploads';

/** An upload that the native tool not only publishes but installs from. */
export type MakeInstallable = (name: string, version: string) => Omit<Upload, 'sha256'>;

/** pip takes it as it is: no build backend has to come from anywhere. */
const wheel: MakeInstallable = (name, version) => {
  const info = `${name}-${version}.dist-info`;
  const texts = {
    [`${name}.py`]: `version = "${version}"\n`,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n`,
    [`${info}/RECORD`]: `${name}.py,,\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  };
  const files = Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)] as const);
  const bytes = zipSync(Object.fromEntries(files), { mtime: '2026-01-01' });
  const fields = {
    ...{ ':action': 'file_upload', protocol_version: '1', name, version },
    ...{ filetype: 'bdist_wheel', pyversion: 'py3', metadata_version: '2.1' },
    sha256_digest: createHash('sha256').update(bytes).digest('hex'),
  };
  const filename = `${name}-${version}-py3-none-any.whl`;
  return {
    ...{ ecosystem: 'pypi', name, version, method: 'POST', path: '/pypi/legacy/' },
    ...writeMultipart(fields, { field: 'content', filename, bytes }),
  };
};

/** What `gem build` (RubyGems 3.3) writes, as far as installing needs it. */
const gem: MakeInstallable = (name, version) => {
  const anything = [
    '  requirements:',
    '  - - ">="',
    '    - !ruby/object:Gem::Version',
    "      version: '0'",
  ];
  const specification = [
    '--- !ruby/object:Gem::Specification',
    ...[`name: ${name}`, 'version: !ruby/object:Gem::Version', `  version: ${version}`],
    ...['platform: ruby', 'authors:', '- Zoe', 'autorequire:', 'bindir: bin', 'cert_chain: []'],
    ...['date: 2026-01-01 00:00:00.000000000 Z', 'dependencies: []', 'description:', 'email:'],
    ...['executables: []', 'extensions: []', 'extra_rdoc_files: []', 'files:', `- lib/${name}.rb`],
    ...['homepage:', 'licenses: []', 'metadata: {}', 'post_install_message:', 'rdoc_options: []'],
    ...[
      'require_paths:',
      '- lib',
      'required_ruby_version: !ruby/object:Gem::Requirement',
      ...anything,
    ],
    ...[
      'required_rubygems_version: !ruby/object:Gem::Requirement',
      ...anything,
      'requirements: []',
    ],
    ...['rubygems_version: 3.3.15', 'signing_key:', 'specification_version: 4', 'summary: A demo'],
    ...['test_files: []', ''],
  ].join('\n');
  const body = tarOf({
    'metadata.gz': gzip(Buffer.from(specification)),
    'data.tar.gz': tarGzOf({ [`lib/${name}.rb`]: `# ${version}\n` }),
  });
  const headers = { 'content-type': 'application/octet-stream' };
  return {
    ecosystem: 'rubygems',
    name,
    version,
    method: 'POST',
    path: '/gems/api/v1/gems',
    headers,
    body,
  };
};

/** One of each tool that installs below. */
export const installables: readonly MakeInstallable[] = [...makers.slice(0, 2), wheel, gem];
