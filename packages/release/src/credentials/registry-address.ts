import { ForgeError, type Endpoints } from '@forge/ecosystems';

/** FORGE-C025 for the address that is given for a run. */
export function addressProblem(url: string): ForgeError | undefined {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (!/^https?:$/.test(protocol))
    return new ForgeError('FORGE-C025', {
      what: 'the registry of this run is given by something that is no URL',
    });
  return credentialsWithin({ url }, 'the registry of this run');
}

/**
 * FORGE-C025 for an address with a user name or a password in it: addresses stand in logs, plans and journals. The
 * message has neither of them.
 */
export function credentialsWithin(endpoints: Endpoints, via: string): ForgeError | undefined {
  const found = Object.values(endpoints)
    .filter((each) => URL.canParse(each))
    .map((each) => new URL(each))
    .find(({ username, password }) => username !== '' || password !== '');
  if (!found) return undefined;
  return new ForgeError('FORGE-C025', {
    what: `the URL of \`${found.host}\` has credentials in it (${via})`,
    fix: 'take them out of the URL, and set them as the token of the registry',
  });
}
