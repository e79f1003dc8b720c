import { digest, writeMultipart } from '../../../archive';
import { tarGzOf, type ConformanceKit } from '../../../testing';

const app = (version: string, core: string): string => `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
# version = "1.2.0"
name = "App_Lib"
version = '${version}' # keep
authors = [{ name = "Zoë 🦀" }]
dependencies = [
  "core${core}",
  'Core[extra] ${core} ; python_version < "3.12"', # keep
  "core-extra>=1.2",
]

[project.optional-dependencies]
all = ["core (${core})"]
`;

export const kit: ConformanceKit = {
  manifest: {
    files: {
      'libs/app/pyproject.toml': app('1.2.0', '>=1.2,<2'),
      'libs/core/pyproject.toml': '[project]\nname = "core"\nversion = "1.2.0"\n',
    },
    file: 'libs/app/pyproject.toml',
    name: 'App_Lib',
    version: '1.2.0',
    change: {
      version: '1.3.0',
      requirements: [{ name: 'core', version: '2.1.0', policy: 'violated' }],
    },
    changed: { 'libs/app/pyproject.toml': app('1.3.0', '>=1.2,<3') },
    truncated: '[project]\nname = "app"\nvers',
    withoutName: '[project]\nversion = "1.2.0"\n',
    withoutVersion: '[project]\nname = "app"\n',
    refusesBom: true,
  },
  versions: {
    ascending: [
      ['0.1.8', '0.1.8.0'],
      ['0.1.8.2'],
      ['1.0.0.dev4', '1.0.0-dev4'],
      ['1.0.0a2', '1.0.0-alpha.2'],
      ['1.0.0b3'],
      ['1.0.0rc1', '1.0.0-rc.1'],
      ['1.0.0', '1.0', '1'],
      ['1.0.0.post1'],
      ['1.10'],
      ['2.0'],
    ],
    prereleases: ['1.0.0.dev4', '1.0.0a2', '1.0.0b3', '1.0.0rc1'],
    invalid: ['', 'x', '1.2.x', '1.2.3-foo', '1..2', '1.2.'],
    spellings: [
      ['1.3.0', '1.3.0'],
      ['1.3.0-rc.1', '1.3.0rc1'],
      ['1.3.0-alpha.2', '1.3.0a2'],
      ['1.3.0-beta.3', '1.3.0b3'],
      ['1.3.0-dev.4', '1.3.0.dev4'],
    ],
    inexpressible: ['1.3.0-next.1', '1.3.0+build', '1.3.0-rc.1.2'],
  },
  requirements: {
    samples: [
      ...['>=1.2', '>=1.2,<2', '>= 1.2.0 , < 2.0.0', '~=1.2', '~=1.2.0', '==1.2.0', '==1.2.*'],
      ...['<=1.9', '>1.0', '!=1.1', '>=1.2,!=1.5', '', '^1.2', '~1.2', '^1.2 || ^2.0', '*'],
    ],
    versions: ['1.2.0', '1.3.5', '2.0.0', '3.1.4', '0.4.0', '1.4.0rc1', '2.0.0rc1'],
    unreadable: ['latest', '>>1', '~> 1.2'],
  },
  registry: {
    name: 'demo-lib',
    version: '1.2.0',
    upload(content) {
      const filename = 'demo_lib-1.2.0.tar.gz';
      const bytes = tarGzOf({
        'demo_lib-1.2.0/PKG-INFO': 'Metadata-Version: 2.1\nName: demo-lib\nVersion: 1.2.0\n',
        'demo_lib-1.2.0/demo_lib.py': content,
      });
      const fields = {
        ':action': 'file_upload',
        protocol_version: '1',
        name: 'demo-lib',
        version: '1.2.0',
        filetype: 'sdist',
        pyversion: 'source',
        metadata_version: '2.1',
        sha256_digest: digest('sha256', bytes),
      };
      const form = writeMultipart(fields, { field: 'content', filename, bytes });
      return { filename, bytes, request: { method: 'POST', path: '/legacy/', ...form } };
    },
  },
};
