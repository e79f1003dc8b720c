import { stripVTControlCharacters } from 'node:util';
import type {
  Artifact,
  Command,
  CommandResult,
  Upload,
  UploadContext,
  UploadOutcome,
} from '../../model';

/** One call per file: a release is not atomic on PyPI, and each file has an outcome of its own. */
export function uploads(context: UploadContext): readonly Upload[] {
  const command = context.programs['twine'] ? twine : uv;
  return context.artifacts.map((artifact) => ({
    kind: 'command',
    command: command(context, artifact),
    classify,
  }));
}

/**
 * A configuration file of its own, so that `~/.pypirc` has no say, and no keyring. twine 7 sends a POST up to five
 * times again after a 5xx; the same bytes again are no error, so that is harmless.
 */
function twine(context: UploadContext, { path }: Artifact): Command {
  const { programs, workDir, endpoints, token, username = '__token__' } = context;
  const configuration = `${workDir}/pypirc`;
  const args = [
    '--non-interactive',
    '--disable-progress-bar',
    '--config-file',
    configuration,
    path,
  ];
  return {
    program: programs['twine'] ?? 'twine',
    args: ['upload', ...args],
    cwd: workDir,
    env: {
      TWINE_REPOSITORY_URL: endpoints['upload'] ?? '',
      TWINE_USERNAME: username,
      PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring',
      // Without it rich 15 breaks long lines, and with them the registry's answer.
      COLUMNS: '400',
      NO_COLOR: '1',
    },
    ...credentials('TWINE_PASSWORD', token),
    privateFiles: [{ path: configuration, content: '[distutils]\nindex-servers =\n' }],
  };
}

function uv(context: UploadContext, { path }: Artifact): Command {
  const { programs, workDir, endpoints, token, username = '__token__' } = context;
  const trusted = token === undefined ? 'automatic' : 'never';
  return {
    program: programs['uv'] ?? 'uv',
    args: ['publish', '--no-progress', '--trusted-publishing', trusted, path],
    cwd: workDir,
    env: {
      UV_PUBLISH_URL: endpoints['upload'] ?? '',
      UV_CACHE_DIR: `${workDir}/uv-cache`,
      UV_KEYRING_PROVIDER: 'disabled',
      UV_NO_CONFIG: '1',
      ...(username === '__token__' ? {} : { UV_PUBLISH_USERNAME: username }),
    },
    ...credentials(username === '__token__' ? 'UV_PUBLISH_TOKEN' : 'UV_PUBLISH_PASSWORD', token),
  };
}

function credentials(variable: string, token: string | undefined) {
  const passEnv = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  // Without a token both tools ask the CI system who they are (trusted publishing).
  return token === undefined ? { passEnv } : { secretEnv: { [variable]: token } };
}

type Rule = readonly [
  pattern: RegExp,
  kind: Exclude<UploadOutcome['kind'], 'published' | 'already-there' | 'throttled'>,
];

/** In order; texts of twine 7.0, uv 0.13 and of PyPI itself. */
const rules: readonly Rule[] = [
  [/file (?:name )?already exist|already exists? with|filename has already been used/i, 'conflict'],
  [
    /\b401\b|could not determine credentials|credential not found|missing credentials|invalid or non-existent authentication/i,
    'needs-credentials',
  ],
  [/\b403\b|isn't allowed|not allowed to upload|trusted ?publishing ?failure/i, 'forbidden'],
  [
    /\b5\d\d\b|ConnectionError|ConnectTimeout|ReadTimeout|Connection (?:refused|reset)|error sending request|connect error|dns error/i,
    'unreachable',
  ],
];

/** Reports without colours; twine pads every line to the width of the terminal. */
export function classify({ exitCode, stdout, stderr }: CommandResult): UploadOutcome {
  if (exitCode === 0) return { kind: 'published' };
  const lines = stripVTControlCharacters(`${stdout}\n${stderr}`)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  // Paths, addresses and sizes could hold the numbers that stand for a status.
  const answer = lines.join('\n').replace(/\b\w+:\/\/\S+|\S*\/\S+|\([\d.]+ ?\w*B\)/g, '');
  const detail = explain(lines);
  if (/\b429\b/.test(answer)) return throttled(answer, detail);
  const kind = rules.find(([pattern]) => pattern.test(answer))?.[1] ?? 'rejected';
  return { kind, detail };
}

/** Of new projects PyPI takes a few in a day, and counts refused ones as well: asking again soon is in vain. */
function throttled(answer: string, detail: string): UploadOutcome {
  const isForTheDay = /too many new projects/i.test(answer);
  return { kind: 'throttled', detail, ...(isForTheDay && { retryAfter: 24 * 3_600_000 }) };
}

/** Of a stack trace the last line says what happened. */
function explain(lines: readonly string[]): string {
  const isTrace = lines.some((line) => line.startsWith('Traceback'));
  return lines.slice(isTrace ? -1 : -6).join('\n');
}
