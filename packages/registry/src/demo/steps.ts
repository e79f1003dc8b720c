import type { Ecosystem, ExamplePackage } from '@forge/ecosystems';
import { createHash } from 'node:crypto';

/** One request of the demonstration, and what must come of it. */
export interface DemoStep {
  /** What the reader is told. */
  readonly title: string;
  readonly by: 'alice' | 'bob' | 'nobody';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly body?: Uint8Array | object;
  /** Status of the answer, and the code of a refusal. */
  readonly expect: readonly [status: number, code?: string];
}

/** A version from its draft to the public, with what goes wrong on the way. */
export function demoSteps(ecosystem: Ecosystem, example: ExamplePackage): readonly DemoStep[] {
  const at = `/packages/${ecosystem.id}/${encodeURIComponent(example.name)}`;
  return [...putTogether(at, example), ...publishOnce(at, example)];
}

/** The server is a new one, so its first draft is the first of all. */
const firstDraft = '/drafts/1';

function putTogether(
  at: string,
  { name, version, filename, bytes }: ExamplePackage,
): readonly DemoStep[] {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const opening = { by: 'alice', method: 'POST', path: `${at}/drafts`, body: { version } } as const;
  const attaching = {
    by: 'alice',
    method: 'POST',
    path: `${at}${firstDraft}/entries`,
    body: { path: filename, sha256 },
  } as const;
  return [
    { ...opening, title: 'Open a draft', expect: [201] },
    { ...opening, title: 'Open it again: the same one', expect: [200] },
    {
      ...attaching,
      title: 'Attach a file whose bytes are not here',
      expect: [422, 'FORGE-R061'],
    },
    {
      title: 'Send the bytes',
      by: 'alice',
      method: 'PUT',
      path: `${at}/blobs/${sha256}`,
      body: bytes,
      expect: [201],
    },
    { ...attaching, title: 'Attach the file', expect: [201] },
    {
      title: 'Say what the file must agree with',
      by: 'alice',
      method: 'PUT',
      path: `${at}${firstDraft}/manifest`,
      body: { name, version, dependencies: [] },
      expect: [201],
    },
  ];
}

function publishOnce(at: string, { version }: ExamplePackage): readonly DemoStep[] {
  const publishing = { method: 'POST', path: `${at}${firstDraft}/publish` } as const;
  const reading = { by: 'nobody', method: 'GET', path: `${at}/${version}` } as const;
  return [
    { ...reading, title: 'Nobody sees the version yet', expect: [404, 'FORGE-R010'] },
    { ...publishing, by: 'nobody', title: 'Publish without a token', expect: [401] },
    {
      ...publishing,
      by: 'bob',
      title: 'Publish the draft of somebody else',
      expect: [403, 'FORGE-R066'],
    },
    { ...publishing, by: 'alice', title: 'Publish', expect: [200] },
    { ...publishing, by: 'alice', title: 'Publish again: nothing changes', expect: [200] },
    {
      title: 'Change what is published',
      by: 'alice',
      method: 'DELETE',
      path: `${at}${firstDraft}`,
      expect: [409, 'FORGE-R060'],
    },
    { ...reading, title: 'Everybody sees the version', expect: [200] },
  ];
}
