import { ecosystems } from '@forge/ecosystems';
import { renderSettings } from '../settings';
import { givenServer } from './given-server';
import type { CliOptions } from './options';

/** Prints the settings for a server that runs already. */
export function printSettings(options: CliOptions): number {
  const { url, token = '$FORGE_TOKEN' } = givenServer('env', options);
  process.stdout.write(renderSettings(ecosystems, url, token));
  return 0;
}
