import type { Access, AccessSettings, Endpoints, FoundToken } from '../../../model';
import { jsonAnswer } from '../../../text';
import { publicEndpoints } from '../endpoints';
import {
  configurationFiles,
  configuredRegistries,
  indexOf,
  setting,
  sparseIndex,
} from './configuration';
import { destination, introduction } from './destination';
import { secrets } from './secrets';

/** cargo's configuration and `credentials.toml`. What a credential provider keeps is not asked for: providers prompt. */
export const access: Access = {
  secrets,
  files: configurationFiles,
  destination,
  ...(introduction && { introduction }),
  token: (settings, endpoints) => {
    const paths = registriesOf(settings, endpoints);
    const found = paths.map((path) => setting(settings, ...path, 'token')).find(Boolean);
    return found && tokenOf(found);
  },
  exchange: {
    perPackage: false,
    // crates.io gives tokens of 30 minutes.
    lifetime: 25 * 60_000,
    audience: ({ api }) => (api && URL.canParse(api) ? new URL(api).host : undefined),
    env: ['CRATES_IO_ID_TOKEN'],
    ask: (jwt, _name, { api }) => ({
      method: 'PUT',
      url: `${api}/api/v1/trusted_publishing/tokens`,
      headers: { 'content-type': 'application/json', 'user-agent': 'forge-release' },
      body: JSON.stringify({ jwt }),
    }),
    read: (response) => jsonAnswer<{ token?: string }>(response)?.token,
  },
};

/** Tables that hold the token of a registry: by its name, or by the index that a registry of the run shares. */
function registriesOf(settings: AccessSettings, { index, name }: Endpoints): readonly string[][] {
  if (index === publicEndpoints.index) return [['registry'], ['registries', 'crates-io']];
  if (name !== undefined) return [['registries', name]];
  return configuredRegistries(settings)
    .filter((each) => sparseIndex(indexOf(each, settings) ?? '') === index)
    .map((each) => ['registries', each]);
}

function tokenOf({ value, file }: { value: string; file: string }): FoundToken {
  return { token: value, file };
}
