import { gunzip, gzip, readTar, writeTar } from '../../archive';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Contents,
  type DescribedDependency,
  type Json,
  type Result,
} from '../../model';
import { escapeName, isValidName, packedFilename, publishedVersion } from './names';
import { dependencyTables, isObject, type JsonObject } from './package-json';
import { maxUnpackedBytes, parsePackageJson } from './tarball';
import { versions } from './versions';

/** A tarball as such: its `package.json` is the manifest. */
export const contents: Contents = {
  isName: isValidName,
  toRequest(_, bytes) {
    const manifest = manifestIn(bytes);
    if (!manifest.ok) return manifest;
    const { name, version } = manifest.value;
    if (typeof name !== 'string' || typeof version !== 'string')
      return refused('the archive holds no `package.json` with a name and a version');
    const document = documentOf(name, publishedVersion(version), manifest.value, bytes);
    return ok({
      method: 'PUT',
      path: `/${escapeName(name)}`,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(document)),
    });
  },
  example() {
    const [name, version] = ['forge-demo', '1.0.0'];
    const manifest = {
      name,
      version,
      description: 'Shows how a draft is published',
      license: 'MIT',
    };
    const content = Buffer.from(`${JSON.stringify(manifest)}\n`);
    const entry = { name: 'package/package.json', type: 'file', mode: 0o644, content } as const;
    return {
      name,
      version,
      filename: packedFilename(name, version),
      bytes: gzip(writeTar([entry])),
    };
  },
  describe(metadata) {
    const manifest: JsonObject = isObject(metadata) ? metadata : {};
    const { keywords, repository, license } = manifest;
    return {
      summary: text(manifest['description']),
      license: text(isObject(license) ? license['type'] : license),
      homepage: text(manifest['homepage']),
      repository: text(isObject(repository) ? repository['url'] : repository),
      keywords: Array.isArray(keywords) ? keywords.filter((each) => typeof each === 'string') : [],
      categories: [],
      dependencies: dependenciesOf(manifest),
    };
  },
};

/** What `npm publish` sends; a prerelease does not become what everybody gets. */
function documentOf(name: string, version: string, manifest: JsonObject, bytes: Uint8Array): Json {
  const isPrerelease = versions.isValid(version) && versions.isPrerelease(version);
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return {
    name,
    'dist-tags': { [isPrerelease ? 'next' : 'latest']: version },
    versions: { [version]: { ...(manifest as { readonly [key: string]: Json }), version } },
    _attachments: { [packedFilename(name, version)]: { data, length: bytes.byteLength } },
  };
}

function manifestIn(bytes: Uint8Array): Result<JsonObject> {
  const tar = gunzip(bytes, maxUnpackedBytes);
  const entries = tar.ok ? readTar(tar.value) : tar;
  if (!entries.ok) return entries;
  const manifest = entries.value.find(({ name }) => /^[^/]+\/package\.json$/.test(name));
  return ok(parsePackageJson(manifest?.content));
}

function dependenciesOf(manifest: JsonObject): DescribedDependency[] {
  return dependencyTables.flatMap(({ key, kind }) => {
    const table = manifest[key];
    const stated = Object.entries(isObject(table) ? table : {});
    return stated.map(([name, range]) => ({ ...resolveAlias(name, text(range)), kind }));
  });
}

/** `"left": "npm:@acme/right@^1.2"` is a dependency on `@acme/right`. */
function resolveAlias(name: string, range: string) {
  const [, aliased, requirement = ''] = /^npm:(@?[^@]+)(?:@(.*))?$/.exec(range) ?? [];
  return aliased === undefined ? { name, requirement: range } : { name: aliased, requirement };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refused(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what }));
}
