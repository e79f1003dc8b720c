import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeInto } from './workspace';

/** A server that nobody may ask. */
export interface Trap {
  readonly url: string;
  /** Connections and requests so far. */
  readonly asked: readonly string[];
  close(): void;
}

export async function startTrap(): Promise<Trap> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(500).end();
  });
  // Also what speaks TLS, or says nothing.
  server.on('connection', () => asked.push('a connection'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Packages and a workspace that name a registry of their own. */
export function strayedPackages(url: string): Readonly<Record<string, string>> {
  return {
    'package.json': '{ "private": true }\n',
    '.npmrc': `@strayed:registry=${url}/npm/\n`,
    'javascript/package.json': `{ "name": "@strayed/text", "version": "1.0.0", "license": "MIT", "publishConfig": { "access": "public", "registry": "${url}/npm/" } }\n`,
    'ruby/strayed.gemspec': `Gem::Specification.new do |s|\n  s.name = "strayed"\n  s.version = "1.0.0"\n  s.summary = "s"\n  s.authors = ["a"]\n  s.files = []\n  s.metadata["allowed_push_host"] = "${url}"\nend\n`,
  };
}

/** A person whose tools of all six are set up for another registry, in files and in variables, with a token. */
export function strayedPerson(
  home: string,
  url: string,
): { readonly env: Readonly<Record<string, string>>; readonly token: string } {
  const token = 'token-of-a-person';
  const index = `sparse+${url}/cargo/`;
  const files: Readonly<Record<string, string>> = {
    '.npmrc': `registry=${url}/npm/\n${url.slice(5)}/npm/:_authToken=${token}\n`,
    '.cargo/config.toml': `[registry]\ndefault = "strayed"\n\n[registries.strayed]\nindex = "${index}"\n\n[source.crates-io]\nreplace-with = "mirror"\n\n[source.mirror]\nregistry = "${index}mirror/"\n`,
    '.cargo/credentials.toml': `[registries.strayed]\ntoken = "${token}"\n`,
    '.pypirc': `[distutils]\nindex-servers = pypi\n\n[pypi]\nrepository = ${url}/pypi/\nusername = __token__\npassword = ${token}\n`,
    '.config/pip/pip.conf': `[global]\nindex-url = ${url}/simple/\n`,
    '.config/uv/uv.toml': `publish-url = "${url}/pypi/"\n\n[[index]]\nurl = "${url}/simple/"\ndefault = true\n`,
    '.hex/hex.config': `{api_url,<<"${url}/hex/api">>}.\n{mirror_url,<<"${url}/hex">>}.\n{api_key,<<"${token}">>}.\n`,
    '.cabal/config': `repository strayed\n  url: ${url}/hackage\nusername: person\npassword: ${token}\n`,
    '.gem/credentials': `---\n:rubygems_api_key: ${token}\n`,
    '.gemrc': `---\n:sources:\n- ${url}/\n`,
  };
  for (const [file, text] of Object.entries(files)) writeInto(home, file, text);
  return {
    token,
    env: {
      ...{ HOME: home, CARGO_HOME: join(home, '.cargo'), npm_config_registry: `${url}/npm/` },
      ...{ CARGO_REGISTRY_DEFAULT: 'strayed', CARGO_REGISTRIES_STRAYED_INDEX: index },
      ...{ CARGO_REGISTRY_TOKEN: token, CARGO_REGISTRIES_STRAYED_TOKEN: token },
      ...{ PIP_INDEX_URL: `${url}/simple/`, PIP_EXTRA_INDEX_URL: `${url}/extra/` },
      ...{ UV_DEFAULT_INDEX: `${url}/simple/`, UV_PUBLISH_URL: `${url}/pypi/` },
      ...{ TWINE_REPOSITORY_URL: `${url}/pypi/`, TWINE_PASSWORD: token },
      ...{ CABAL_DIR: join(home, '.cabal'), CABAL_CONFIG: join(home, '.cabal/config') },
      ...{ HEX_API_URL: `${url}/hex/api`, HEX_MIRROR: `${url}/hex`, HEX_API_KEY: token },
      ...{ RUBYGEMS_HOST: url, GEM_HOST_API_KEY: token },
    },
  };
}
