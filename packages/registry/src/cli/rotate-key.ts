import { ForgeError } from '@forge/ecosystems';
import { fingerprintOf, loadKeys, rotateKeys } from '../store/keys';
import { openUsedPlace } from '../store/used-place';
import { givenStore } from './given-store';
import type { CliOptions } from './options';

/** `rotate-key`: answers the exit code. FORGE-R008 while a server has the directory, R027 where there is none. */
export async function rotateKeyCommand(options: CliOptions): Promise<number> {
  if (options.memory) {
    throw new ForgeError('FORGE-C001', {
      what: '`rotate-key` needs a registry that keeps something',
      fix: 'give the `--data` or `--database` of the server',
    });
  }
  const place = await openUsedPlace(givenStore(options, process.env));
  try {
    const count = await rotateKeys(place.secrets);
    const { rsaPublic } = await loadKeys(place.secrets);
    process.stdout.write(
      `forge-registry: key ${count} is made, and signs from the next start\n` +
        `forge-registry: its fingerprint is ${fingerprintOf(rsaPublic)}; tell it to who has to trust it by hand\n`,
    );
    return 0;
  } finally {
    await place.close();
  }
}
