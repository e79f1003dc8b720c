import { readTar, tarMembers, unreadable } from '../../archive';
import {
  ok,
  throttled,
  type HttpResponse,
  type Tool,
  type Upload,
  type UploadContext,
  type UploadOutcome,
} from '../../model';
import { setup } from './ci-setup';
import { consumer } from './consumer';
import { inspect } from './inspect';
import { packageRecipe } from './recipe';
import { openTarball } from './tarball';
import { withdraw } from './withdraw';

const elixir = {
  name: 'elixir',
  anyOf: ['elixir'],
  hint: 'install Elixir 1.14 or later (Debian: `elixir erlang-crypto erlang-parsetools`); Hex itself is not needed',
  setup,
};

export const tool: Tool = {
  needs: () => ({ package: [elixir], publish: [] }),
  package: (context) => ok(packageRecipe(context)),
  uploads: (context) => context.artifacts.map(({ path }) => upload(path, context)),
  inspect,
  unpack: (filename, bytes) => {
    const opened = openTarball(bytes, readTar);
    return opened.ok
      ? ok({ top: '', members: tarMembers(opened.value.files) })
      : unreadable(filename, opened.problems);
  },
  consumer,
  withdraw,
};

/**
 * The tarball itself is the body. hexpm replaces a release that is less than an hour old unless `replace` is
 * false, and takes an absent `replace` for true, so it is always said.
 */
function upload(path: string, { manifest, endpoints, token }: UploadContext): Upload {
  return {
    kind: 'request',
    request: {
      method: 'POST',
      url: `${endpoints['api']}/packages/${manifest.name}/releases?replace=false`,
      headers: {
        accept: 'application/json',
        'content-type': 'application/octet-stream',
        'user-agent': 'forge-release',
      },
      ...(token === undefined ? {} : { secretHeaders: { authorization: token } }),
      bodyFile: path,
    },
    classify,
  };
}

function classify(response: HttpResponse): UploadOutcome {
  const { status, body } = response;
  const detail = `${status} ${readable(body)}`.trim();
  if (status === 201) return { kind: 'published' };
  if (status === 200) return { kind: 'already-there' };
  if (status === 401) return { kind: 'needs-credentials', detail };
  if (status === 403) return { kind: 'forbidden', detail };
  if (status === 422 && /--replace|one hour after publication/.test(detail))
    return { kind: 'conflict', detail };
  if (status === 429) return throttled(response, detail);
  // 0 stands for a request that reached nobody; the body says why.
  if (status === 0 || status >= 500) return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}

/** The text of an answer; of Erlang's binary format what can be read, which holds the messages whole. */
function readable(body: Uint8Array): string {
  return Buffer.from(body)
    .toString('latin1')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .slice(0, 2000);
}
