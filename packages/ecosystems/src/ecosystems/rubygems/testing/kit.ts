import { gzip } from '../../../archive';
import { tarGzOf, tarOf, type ConformanceKit } from '../../../testing';

const version = (text: string): string => `# VERSION = "1.2.0"
module App
  VERSION = "${text}".freeze
end
`;

const app = (core: string): string => `require_relative "lib/app/version"

Gem::Specification.new do |s|
  # s.version = "1.2.0"
  s.name = "app"
  s.version = App::VERSION
  s.authors = ["Zoë 🦀"]
  s.required_ruby_version = ">= 3.1"
  s.add_dependency "core", "${core}" # keep
  s.add_dependency "core-extra", "~> 1.2"
end
`;

const specification = `--- !ruby/object:Gem::Specification
name: demo
version: !ruby/object:Gem::Version
  version: 1.2.0
platform: ruby
authors:
- Zoe
date: 2026-01-01 00:00:00.000000000 Z
dependencies: []
description:
email:
executables: []
extensions: []
files:
- lib/demo.rb
homepage:
licenses: []
metadata: {}
require_paths:
- lib
required_ruby_version: !ruby/object:Gem::Requirement
  requirements:
  - - ">="
    - !ruby/object:Gem::Version
      version: '0'
required_rubygems_version: !ruby/object:Gem::Requirement
  requirements:
  - - ">="
    - !ruby/object:Gem::Version
      version: '0'
requirements: []
rubygems_version: 3.3.15
signing_key:
specification_version: 4
summary: A demo
test_files: []
`;

export const kit: ConformanceKit = {
  manifest: {
    files: {
      'gems/app/app.gemspec': app('~> 1.2'),
      'gems/app/lib/app/version.rb': version('1.2.0'),
    },
    file: 'gems/app/app.gemspec',
    name: 'app',
    version: '1.2.0',
    change: {
      version: '1.3.0',
      requirements: [{ name: 'core', version: '2.0.0', policy: 'violated' }],
    },
    changed: {
      'gems/app/app.gemspec': app('~> 2.0'),
      'gems/app/lib/app/version.rb': version('1.3.0'),
    },
    truncated: 'Gem::Specification.new do |s|\n  s.name = "app',
    withoutName: 'Gem::Specification.new do |s|\n  s.version = "1.2.0"\nend\n',
    withoutVersion: 'Gem::Specification.new do |s|\n  s.name = "app"\nend\n',
  },
  versions: {
    ascending: [
      ['0.1.8', '0.1.8.0'],
      ['0.1.8.2'],
      ['1.0.0.alpha2'],
      ['1.0.0.beta3'],
      ['1.0.0.rc2'],
      ['1.0.0.rc10'],
      ['1.0.0', '1.0', '1'],
      ['1.0.1'],
      ['1.10'],
      ['2.0'],
    ],
    prereleases: ['1.0.0.alpha2', '1.0.0.beta3', '1.0.0.rc2', '1.0.0.rc10'],
    invalid: ['x', '1..2', '1.2.', '1.2 3', 'v1.2'],
    spellings: [
      ['1.3.0', '1.3.0'],
      ['1.3.0-rc.1', '1.3.0.rc1'],
      ['1.3.0-alpha.2', '1.3.0.alpha2'],
      ['1.3.0-dev.4', '1.3.0.dev4'],
    ],
    inexpressible: ['1.3.0+build', '1.3.0-rc.1.2'],
  },
  requirements: {
    samples: [
      ...['~> 1.2', '~> 1.2.0', '~> 1', '>= 1.2', '= 1.2.0', '1.2.0', '>= 1.2, < 2', '< 2.0'],
      ...['<= 1.9', '> 1.0', '!= 1.1', '>= 0', '~> 1.2, >= 1.2.3'],
    ],
    versions: ['1.2.0', '1.3.5', '2.0.0', '3.1.4', '0.4.0', '1.4.0.rc1', '2.0.0.rc1'],
    unreadable: ['latest', '^1.2', '>> 1'],
  },
  registry: {
    name: 'demo',
    version: '1.2.0',
    upload(content) {
      const bytes = tarOf({
        'metadata.gz': gzip(Buffer.from(specification)),
        'data.tar.gz': tarGzOf({ 'lib/demo.rb': content }),
      });
      const headers = { 'content-type': 'application/octet-stream' };
      return {
        filename: 'demo-1.2.0.gem',
        bytes,
        request: { method: 'POST', path: '/api/v1/gems', headers, body: bytes },
      };
    },
  },
};
