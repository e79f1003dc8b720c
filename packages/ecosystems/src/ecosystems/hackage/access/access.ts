import { posix } from 'node:path';
import type { Access, AccessPlace, AccessSettings, Endpoints, FoundToken } from '../../../model';
import { publicEndpoints } from '../endpoints';
import { secrets } from './secrets';

/** cabal's own configuration; `password-command` is not run. */
export const access: Access = { files, token, secrets };

/** cabal 3.10 and later look into the directory of XDG unless `~/.cabal` is there. */
function files({ env, home }: AccessPlace): readonly string[] {
  if (env['CABAL_CONFIG']) return [env['CABAL_CONFIG']];
  if (env['CABAL_DIR']) return [posix.join(env['CABAL_DIR'], 'config')];
  const xdg = env['XDG_CONFIG_HOME'] || posix.join(home, '.config');
  return [posix.join(home, '.cabal', 'config'), posix.join(xdg, 'cabal', 'config')];
}

/** One account for all repositories of the file: it counts only where the file names the repository asked for. */
function token({ files: sources }: AccessSettings, endpoints: Endpoints): FoundToken | undefined {
  const wanted = hostOf(endpoints['repository'] ?? '');
  for (const { file, text } of sources) {
    const urls = [...text.matchAll(/^\s+url:\s*(\S+)/gm)].map(([, url = '']) => hostOf(url));
    if (
      !urls.includes(wanted) &&
      !(urls.length === 0 && wanted === hostOf(publicEndpoints.repository))
    )
      continue;
    const [token, username, password] = ['token', 'username', 'password'].map((name) =>
      fieldOf(text, name),
    );
    if (token !== undefined) return { token, file };
    if (username !== undefined && password !== undefined)
      return { username, token: password, file };
  }
  return undefined;
}

/** A field of the top level, not one of a section; comments begin with `--`. */
function fieldOf(text: string, name: string): string | undefined {
  return new RegExp(String.raw`^${name}:[ \t]*(\S.*?)[ \t]*$`, 'm').exec(text)?.[1];
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
