import type { CommandResult, Manifest, WithdrawContext } from '../../model';
import { withdraw } from './withdraw';

const context: WithdrawContext = {
  manifest: {} as Manifest,
  ...{ name: 'core', version: '1.401.0', undo: false, reason: '', endpoints: {}, programs: {} },
  ...{ workDir: '/w', token: 'secret' },
};

function outcomeOf(stderr: string): string | undefined {
  const response = { status: 404, headers: {}, body: new Uint8Array() };
  const [act] = withdraw.read(context, response).ways[0]?.acts ?? [];
  if (act?.kind !== 'command') throw new Error('cargo yanks by a command');
  const result: CommandResult = { exitCode: 101, stdout: '', stderr };
  return act.classify(result).kind;
}

const failed = (cause: string): string =>
  `        Yank core@1.401.0\nerror: failed to yank from the registry at http://127.0.0.1:403\n\nCaused by:\n  ${cause}`;

it.each([
  ['the remote server responded with an error (status 401 Unauthorized): no', 'needs-credentials'],
  ['the remote server responded with an error (status 403 Forbidden): no', 'forbidden'],
  ['the remote server responded with an error: must already be an owner', 'forbidden'],
  ['the remote server responded with an error (status 429 Too Many Requests): no', 'unreachable'],
  ['failed to get a 200 OK response, got 503', 'unreachable'],
  ['[7] Could not connect to server', 'unreachable'],
  ['the remote server responded with an error (status 404 Not Found): no', 'rejected'],
])('a yank that fails by "%s" is %s, whatever numbers stand elsewhere', (cause, kind) => {
  expect(outcomeOf(failed(cause))).toBe(kind);
});
