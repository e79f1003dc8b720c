import { ecosystems, ForgeError } from '@forge/ecosystems';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { renderSettings } from '../settings';
import type { CliOptions } from './options';

const readyFileSchema = z.object({ url: z.string(), token: z.string() });

/** Prints the settings for a server that runs already. */
export function printSettings(options: CliOptions): number {
  const { url, token } = locate(options);
  process.stdout.write(renderSettings(ecosystems, url.replace(/\/$/, ''), token));
  return 0;
}

function locate(options: CliOptions): { readonly url: string; readonly token: string } {
  const readyFile = options['ready-file'];
  if (readyFile !== undefined)
    return readyFileSchema.parse(JSON.parse(readFileSync(readyFile, 'utf8')));
  if (options.url === undefined) {
    throw new ForgeError('FORGE-C001', {
      what: '`env` does not know which server is meant',
      fix: 'give `--ready-file` or `--url`',
    });
  }
  return { url: options.url, token: process.env['FORGE_TOKEN'] ?? '$FORGE_TOKEN' };
}
