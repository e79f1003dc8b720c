import { ecosystems } from '@forge/ecosystems';
import { renderSettings, untoldToken } from '../settings';
import { givenServer } from './given-server';
import type { CliOptions } from './options';

/** Prints the settings for a server that runs already. */
export function printSettings(options: CliOptions): number {
  const { url, token = untoldToken } = givenServer('env', options);
  process.stdout.write(renderSettings(ecosystems, url, token, options.as));
  return 0;
}
