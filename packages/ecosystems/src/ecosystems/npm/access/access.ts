import { posix } from 'node:path';
import {
  ok,
  type Access,
  type AccessPlace,
  type AccessSettings,
  type Destination,
  type FoundToken,
} from '../../../model';
import { jsonAnswer } from '../../../text';
import { publicEndpoints } from '../endpoints';
import { escapeName } from '../names';
import { npmSetting } from './npmrc';
import { provenance } from './provenance';
import { secrets } from './secrets';

/** The .npmrc files of the project and of the person. */
export const access: Access = {
  secrets,
  provenance,
  files,
  destination({ name, registry }, settings, _reader, given) {
    if (given) return ok(undefined);
    const own =
      registry === undefined
        ? ofScopeOrAll(name, settings)
        : { registry, via: 'publishConfig.registry' };
    if (!own || isSameRegistry(own.registry, publicEndpoints.registry)) return ok(undefined);
    const destination: Destination = { endpoints: { registry: own.registry }, via: own.via };
    return ok(destination);
  },
  token: (settings, endpoints) => token(settings, endpoints['registry'] ?? ''),
  exchange: {
    perPackage: true,
    lifetime: 10 * 60_000,
    audience: ({ registry = '' }) => `npm:${new URL(registry).host}`,
    env: ['NPM_ID_TOKEN'],
    ask: (jwt, name, { registry = '' }) => ({
      method: 'POST',
      url: `${trimmed(registry)}/-/npm/v1/oidc/token/exchange/package/${escapeName(name)}`,
      secretHeaders: { authorization: `Bearer ${jwt}` },
    }),
    read: (response) => jsonAnswer<{ token?: string }>(response)?.token,
  },
};

function files({ env, home, root, directory }: AccessPlace): readonly string[] {
  const user =
    env['npm_config_userconfig'] || env['NPM_CONFIG_USERCONFIG'] || posix.join(home, '.npmrc');
  const project = [...new Set([directory, root])].map((at) => posix.join(at, '.npmrc'));
  return [...project, user];
}

/** npm 11 asks the registry of the scope first, then the one for everything. */
function ofScopeOrAll(
  name: string,
  settings: AccessSettings,
): { registry: string; via: string } | undefined {
  const scope = /^@[^/]+(?=\/)/.exec(name)?.[0];
  const keys = [...(scope === undefined ? [] : [`${scope}:registry`]), 'registry'];
  for (const key of keys) {
    const found = npmSetting(settings, key);
    if (found && URL.canParse(found.value))
      return { registry: found.value, via: `\`${key}\` in \`${found.file}\`` };
  }
  return undefined;
}

/**
 * `//host/path/:_authToken=…`, else `:_auth` or `:username` and `:_password`. For publishing, npm 11 takes the
 * lines of exactly this path, not those of the host alone.
 */
function token(settings: AccessSettings, registry: string): FoundToken | undefined {
  const place = `${trimmed(registry).replace(/^https?:/, '')}/`;
  const bearer = npmSetting(settings, `${place}:_authToken`);
  if (bearer && isFilled(bearer.value)) return { token: bearer.value, file: bearer.file };
  const basic = npmSetting(settings, `${place}:_auth`);
  if (basic && isFilled(basic.value)) return account(decoded(basic.value), basic.file);
  const [username, password] = [`${place}:username`, `${place}:_password`].map((key) =>
    npmSetting(settings, key),
  );
  if (!username || !password) return undefined;
  return { username: username.value, token: decoded(password.value), file: password.file };
}

/** A variable that is not set leaves its own name. */
function isFilled(value: string): boolean {
  return value !== '' && !/^\$\{[^}]*\}$/.test(value);
}

function account(text: string, file: string): FoundToken | undefined {
  const [, username, password] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (username === undefined || password === undefined) return undefined;
  return { username, token: password, file };
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function isSameRegistry(a: string, b: string): boolean {
  return trimmed(a) === trimmed(b);
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}
