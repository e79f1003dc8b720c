import { tarGzOf } from '../../testing';
import { contents } from './contents';
import { parseUpload } from './registry/upload';

const manifest = `
[package]
name = "demo"
version = "1.2.0"
description = "Says hello"
license = "MIT"
keywords = ["greeting"]
categories = ["text-processing"]
rust-version = "1.80"

[features]
extra = ["dep:left"]

[dependencies.left]
version = "^1.2"
features = ["small"]
optional = true
default-features = false

[dependencies.right]
version = "2"
package = "acme-right"
registry-index = "sparse+http://127.0.0.1:1/index/"

[dev-dependencies]
check = "0.3"

[target.'cfg(unix)'.build-dependencies.make]
version = "~1.0"
`;

const crate = tarGzOf({ 'demo-1.2.0/Cargo.toml': manifest, 'demo-1.2.0/src/lib.rs': '' });
const upload = () => {
  const request = contents.toRequest('demo-1.2.0.crate', crate);
  const parsed = request.ok ? parseUpload(request.value.body) : request;
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
};

it('gives the index what cargo would have claimed', () => {
  const dependency = { features: [], optional: false, default_features: true, target: null };
  expect(upload()).toMatchObject({
    name: 'demo',
    version: '1.2.0',
    metadata: {
      index: {
        rust_version: '1.80',
        features2: { extra: ['dep:left'] },
        deps: [
          { name: 'left', req: '^1.2', kind: 'normal', features: ['small'], optional: true },
          { ...dependency, name: 'right', package: 'acme-right', req: '2', kind: 'normal' },
          { ...dependency, name: 'check', req: '0.3', kind: 'dev' },
          { ...dependency, name: 'make', req: '~1.0', kind: 'build', target: 'cfg(unix)' },
        ],
      },
    },
  });
});

it('describes it in neutral words', () => {
  expect(contents.describe(upload().metadata)).toEqual({
    summary: 'Says hello',
    license: 'MIT',
    homepage: '',
    repository: '',
    keywords: ['greeting'],
    categories: ['text-processing'],
    dependencies: [
      { name: 'left', requirement: '^1.2', kind: 'optional' },
      { name: 'acme-right', requirement: '2', kind: 'runtime' },
      { name: 'check', requirement: '0.3', kind: 'dev' },
      { name: 'make', requirement: '~1.0', kind: 'build' },
    ],
  });
});
