import {
  fail,
  ForgeError,
  ok,
  type Contents,
  type Description,
  type Json,
} from '@forge/ecosystems';

type JsonObject = { readonly [key: string]: Json };

/** A toy file that says something of itself is a JSON object: `{name, version}` and what `Description` has. */
export function saidIn(bytes: Uint8Array): JsonObject {
  const text = Buffer.from(bytes).toString('utf8');
  if (!text.startsWith('{')) return {};
  return JSON.parse(text) as JsonObject;
}

/** Such a file, for tests. */
export function toyFile(said: Partial<Description> & { name: string; version: string }): Buffer {
  return Buffer.from(JSON.stringify(said));
}

export const toyContents: Contents = {
  isName: (name) => /^(@[a-z]+\/)?[a-z][a-z-]*$/i.test(name),
  toRequest(filename, body) {
    const { name, version } = saidIn(body);
    if (typeof name !== 'string' || typeof version !== 'string')
      return fail(new ForgeError('FORGE-R001', { what: 'the file names no package' }));
    const path = `/publish/${encodeURIComponent(name)}/${version}/${filename}`;
    return ok({ method: 'POST', path, headers: {}, body });
  },
  describe(metadata) {
    const { said } = (metadata ?? {}) as { readonly said?: Partial<Description> };
    const nothing = { summary: '', license: '', homepage: '', repository: '' };
    return { ...nothing, keywords: [], categories: [], dependencies: [], ...said };
  },
};
