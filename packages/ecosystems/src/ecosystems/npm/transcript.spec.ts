import { classifyPublish } from './transcript';

/** Recorded from npm 11.19.1, the line about the log file left out. */
const transcripts: readonly (readonly [kind: string, stderr: string])[] = [
  [
    'needs-credentials',
    'npm error code ENEEDAUTH\nnpm error need auth This command requires you to be logged in to http://127.0.0.1:4873/npm/\n',
  ],
  [
    'needs-credentials',
    'npm error code E401\nnpm error 401 Unauthorized - PUT http://127.0.0.1:4873/npm/@acme%2fdemo - the request carries no valid token\n',
  ],
  [
    'needs-credentials',
    'npm error code EOTP\nnpm error This operation requires a one-time password.\n',
  ],
  ['conflict', 'npm error You cannot publish over the previously published versions: 1.0.0.\n'],
  [
    'conflict',
    'npm error code E403\nnpm error 403 403 Forbidden - PUT http://127.0.0.1:4873/npm/demo - You cannot publish over the previously published versions: 1.0.0-rc.1.\n',
  ],
  [
    'forbidden',
    'npm error code E403\nnpm error 403 403 Forbidden - PUT http://127.0.0.1:4873/npm/demo - not yours\n',
  ],
  [
    'forbidden',
    'npm error code E404\nnpm error 404 Not Found - PUT http://127.0.0.1:4873/npm/demo\n',
  ],
  [
    'rejected',
    'npm error Cannot implicitly apply the "latest" tag because previously published version 1.0.0 is higher than the new version 0.9.0. You must specify a tag using --tag.\n',
  ],
  [
    'rejected',
    'npm error code E400\nnpm error 400 Bad Request - PUT http://127.0.0.1:4873/npm/demo - no\n',
  ],
  [
    'unreachable',
    'npm error code E409\nnpm error 409 Conflict - PUT http://127.0.0.1:4873/npm/demo - Failed to save packument. A common cause is if you try to publish a new package before the previous package has been fully processed.\n',
  ],
  [
    'conflict',
    'npm error code EPUBLISHCONFLICT\nnpm error publish fail Cannot publish over existing version.\n',
  ],
  [
    'throttled',
    'npm error code E429\nnpm error 429 Too Many Requests - PUT http://127.0.0.1:4873/npm/demo\n',
  ],
  [
    'unreachable',
    'npm error code ECONNREFUSED\nnpm error syscall connect\nnpm error errno ECONNREFUSED\n',
  ],
  [
    'unreachable',
    'npm error code E503\nnpm error 503 Service Unavailable - PUT http://127.0.0.1:4873/npm/demo\n',
  ],
  [
    'unreachable',
    'npm error code CA_CREATE_SIGNING_CERTIFICATE_ERROR\nnpm error error creating signing certificate\nnpm error cause request to https://sign.example/api/v2/signingCert failed, reason: connect ECONNREFUSED 127.0.0.1:9\n',
  ],
];

describe('what npm publish says', () => {
  it.each(transcripts)('is %s: %j', (kind, stderr) => {
    const outcome = classifyPublish({ exitCode: 1, stdout: '', stderr });
    expect(outcome.kind).toBe(kind);
    expect('detail' in outcome && outcome.detail).toBeTruthy();
  });

  it('is published when npm ends well, whatever it warns of', () => {
    const stderr = 'npm warn publish npm auto-corrected some errors\n';
    expect(classifyPublish({ exitCode: 0, stdout: '+ demo@1.0.0\n', stderr })).toEqual({
      kind: 'published',
    });
  });

  it('keeps the last line when npm itself cannot start', () => {
    const outcome = classifyPublish({ exitCode: 127, stdout: '', stderr: 'sh: npm: not found\n' });
    expect(outcome).toEqual({ kind: 'rejected', detail: 'sh: npm: not found' });
  });
});
