import type { Manifest, UploadContext } from '../../model';
import { encodeTerm } from './erlang';
import { tool } from './tool';

const context: UploadContext = {
  manifest: { name: 'demo' } as Manifest,
  artifacts: [{ filename: 'demo-1.2.0.tar', path: '/out/demo-1.2.0.tar', size: 1, sha256: '' }],
  exportRoot: '/export',
  workDir: '/work',
  endpoints: { api: 'http://127.0.0.1:1/hex/api', repository: 'http://127.0.0.1:1/hex' },
  token: 's3cret',
  programs: {},
};

function outcome(status: number, body: Uint8Array | string = '') {
  const [upload] = tool.uploads(context);
  if (upload?.kind !== 'request') throw new Error('expected a request');
  return upload.classify({ status, headers: {}, body: Buffer.from(body) });
}

it('uploads the very file, never replaces, and keeps the key out of plain headers', () => {
  expect(tool.uploads(context)).toMatchObject([
    {
      kind: 'request',
      request: {
        method: 'POST',
        url: 'http://127.0.0.1:1/hex/api/packages/demo/releases?replace=false',
        secretHeaders: { authorization: 's3cret' },
        bodyFile: '/out/demo-1.2.0.tar',
      },
    },
  ]);
  const anonymous = { ...context };
  delete (anonymous as { token?: string }).token;
  expect(JSON.stringify(tool.uploads(anonymous))).not.toContain('authoriz');
});

const standing = 'can only modify a release up to one hour after publication';

it.each<[number, string, string]>([
  [201, '', 'published'],
  [200, '', 'already-there'],
  [401, '', 'needs-credentials'],
  [403, '', 'forbidden'],
  [404, '', 'rejected'],
  [413, '', 'rejected'],
  [422, '{"errors":{"version":"is invalid"}}', 'rejected'],
  [422, `{"errors":{"inserted_at":"${standing}"}}`, 'conflict'],
  [422, 'must include the --replace flag to update an existing release', 'conflict'],
  [429, '', 'throttled'],
  [0, 'connect ECONNREFUSED', 'unreachable'],
  [503, '', 'unreachable'],
])('%s %s is %s', (status, body, kind) => {
  expect(outcome(status, body).kind).toBe(kind);
});

it('reads the message out of an answer in terms', () => {
  const body = encodeTerm({ map: [['errors', { map: [['inserted_at', standing]] }]] });
  expect(outcome(422, body)).toEqual({
    kind: 'conflict',
    detail: expect.stringContaining(standing),
  });
});

it('needs Elixir to package, and nothing to upload', () => {
  const needs = tool.needs(context.manifest);
  expect(needs.package.map(({ anyOf }) => anyOf)).toEqual([['elixir']]);
  expect(needs.publish).toEqual([]);
});
