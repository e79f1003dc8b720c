import { ecosystems } from '@forge/ecosystems';
import { subjects } from '../../../ecosystems/src/testing/subjects';
import { readPackageDocument } from '../../../ecosystems/src/ecosystems/hex/protocol/read-document';
import { startRegistry, type RunningRegistry } from '../server';

/** Where every document is signed, what is read through has to be signed anew. */
const subject = subjects.find(({ id }) => id === 'hex');
const upload = (content: string) => {
  if (!subject) throw new Error('there is no such ecosystem');
  return subject.kit.registry.upload(content);
};

let other: RunningRegistry;
let own: RunningRegistry;
const errors: unknown[] = [];
const onError = (error: unknown) => errors.push(error);
beforeAll(async () => {
  other = await startRegistry({ onError });
  const hex = ecosystems.find(({ id }) => id === 'hex')?.endpointsAt(other.url) ?? {};
  own = await startRegistry({ onError, upstreams: { hex } });
}, 60_000);
afterAll(async () => {
  await Promise.all([own.close(), other.close()]);
  expect(errors).toEqual([]);
});

async function publish({ url, token }: RunningRegistry, content: string): Promise<void> {
  const { method, path, headers, body } = upload(content).request;
  const authorized = { ...headers, authorization: token };
  const sent = { method, headers: authorized, body: Buffer.from(body) };
  expect((await fetch(`${url}/hex${path}`, sent)).ok).toBe(true);
}
const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());
const tarball = () => bytesAt(`${own.url}/hex/tarballs/demo-1.2.0.tar`);
const listed = async (keyOf: RunningRegistry) => {
  const key = await (await fetch(`${keyOf.url}/hex/public_key`)).text();
  const read = readPackageDocument(await bytesAt(`${own.url}/hex/packages/demo`), key);
  return read.ok ? read.value.releases.map(({ version }) => version) : undefined;
};

it('are told on under our own key, with the very tarballs', async () => {
  expect((await fetch(`${own.url}/hex/packages/demo`)).status).toBe(404);
  await publish(other, 'theirs');
  expect(await listed(own)).toEqual(['1.2.0']);
  expect(await listed(other)).toBeUndefined();
  expect(await tarball()).toEqual(Buffer.from(upload('theirs').bytes));
});

it('never stand in for a package of our own', async () => {
  await publish(own, 'ours');
  expect(await listed(own)).toEqual(['1.2.0']);
  expect(await tarball()).toEqual(Buffer.from(upload('ours').bytes));
});
