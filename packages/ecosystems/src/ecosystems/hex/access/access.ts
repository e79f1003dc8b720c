import { posix } from 'node:path';
import type { Access, AccessPlace, AccessSettings, Endpoints, FoundToken } from '../../../model';
import { publicEndpoints } from '../endpoints';
import { fieldsOf, parseTerms, textOf } from '../erlang';
import { destination } from './organization';
import { secrets } from './secrets';

/** Hex's own configuration. Its `$write_key` is locked by a passphrase, which only a person has. */
export const access: Access = {
  secrets,
  files,
  destination,
  token,
};

/** Hex 2: `HEX_HOME`, else the directory of XDG if asked for, else `~/.hex`. */
function files({ env, home }: AccessPlace): readonly string[] {
  const xdg = env['XDG_CONFIG_HOME'] || posix.join(home, '.config');
  const isXdg = ['1', 'true'].includes(env['MIX_XDG'] ?? '');
  const directory = env['HEX_HOME'] || (isXdg ? posix.join(xdg, 'hex') : posix.join(home, '.hex'));
  return [posix.join(directory, 'hex.config')];
}

/** `{api_key, <<"…">>}` is the key of the API that `api_url` names. */
function token({ files: sources }: AccessSettings, { api }: Endpoints): FoundToken | undefined {
  for (const { file, text } of sources) {
    const fields = fieldsOf(parseTerms(text) ?? []);
    const key = textOf(fields.get('api_key'));
    const url = textOf(fields.get('api_url')) || publicEndpoints.api;
    if (key && url === api) return { token: key, file };
  }
  return undefined;
}
