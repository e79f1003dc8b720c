import { posix } from 'node:path';
import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Access,
  type AccessPlace,
  type AccessSettings,
  type Endpoints,
  type FoundToken,
  type Manifest,
} from '../../../model';
import { jsonAnswer } from '../../../text';
import { publicEndpoints } from '../endpoints';
import { isLoopback, isSameHost } from '../push-host';
import { secrets } from './secrets';

/** `allowed_push_host` of the gem, and the keys that `gem signin` keeps. */
export const access: Access = {
  secrets,
  files,
  destination({ file, registry }, _settings, _reader, given) {
    if (registry === undefined) return ok(undefined);
    if (given) return isPossible(registry, given) ? ok(undefined) : fail(elsewhere(file, registry));
    if (isSameHost(registry, publicEndpoints.host)) return ok(undefined);
    const host = registry.replace(/\/+$/, '');
    return ok({ endpoints: { host }, via: '`allowed_push_host`' });
  },
  token,
  exchange: {
    perPackage: false,
    // rubygems.org gives keys of 15 minutes at the least.
    lifetime: 10 * 60_000,
    audience: ({ host = '' }) => new URL(host).host,
    env: ['RUBYGEMS_ID_TOKEN'],
    ask: (jwt, _name, { host }) => ({
      method: 'POST',
      url: `${host}/api/v1/oidc/trusted_publisher/exchange_token`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jwt }),
    }),
    read: (response) => jsonAnswer<{ rubygems_api_key?: string }>(response)?.rubygems_api_key,
  },
};

/** `gem push` refuses every other host; only what stays on this machine is sent in another way. */
function isPossible(registry: string, { host = '' }: Endpoints): boolean {
  return isSameHost(registry, host) || isLoopback(host);
}

function elsewhere(file: Manifest['file'], registry: string): ForgeError {
  return new ForgeError('FORGE-C004', {
    what: `\`allowed_push_host\` lets \`gem push\` send this gem to \`${registry}\` only, not to the registry of this run`,
    where: { file },
    fix: 'change `metadata["allowed_push_host"]`, or release the gem without a registry of the run',
  });
}

/** RubyGems 3.2 and later; the old file wins where there is one (`Gem.configuration.credentials_path`). */
function files({ env, home }: AccessPlace): readonly string[] {
  const data = env['XDG_DATA_HOME'] || posix.join(home, '.local', 'share');
  return [posix.join(home, '.gem', 'credentials'), posix.join(data, 'gem', 'credentials')];
}

/** A flat YAML file: `:rubygems_api_key: …` for the public registry, and keys by the URL of other hosts. */
function token(
  { files: [first] }: AccessSettings,
  { host = '' }: Endpoints,
): FoundToken | undefined {
  if (!first) return undefined;
  for (const line of first.text.split(/\r\n|\n/)) {
    const [, key = '', value = ''] = /^:?["']?(.+?)["']?:\s+["']?(.*?)["']?\s*$/.exec(line) ?? [];
    const isMeant =
      host === publicEndpoints.host ? isPublicKey(key) : trimmed(key) === trimmed(host);
    if (isMeant && value !== '') return { token: value, file: first.file };
  }
  return undefined;
}

function isPublicKey(key: string): boolean {
  return key === 'rubygems_api_key' || trimmed(key) === publicEndpoints.host;
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}
