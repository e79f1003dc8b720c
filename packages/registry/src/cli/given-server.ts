import { ForgeError } from '@forge/ecosystems';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CliOptions, Command } from './options';

/** A server that runs already. */
export interface GivenServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Undefined where nobody said one. */
  readonly token: string | undefined;
}

const readyFileSchema = z.object({ url: z.string(), token: z.string() });

/** The server that a command is meant for. FORGE-C001 where the command line says none. */
export function givenServer(
  command: Command,
  { 'ready-file': readyFile, url }: Pick<CliOptions, 'ready-file' | 'url'>,
): GivenServer {
  if (readyFile !== undefined) {
    const ready = readyFileSchema.parse(JSON.parse(readFileSync(readyFile, 'utf8')));
    return { ...ready, url: bare(ready.url) };
  }
  if (url === undefined) {
    throw new ForgeError('FORGE-C001', {
      what: `\`${command}\` does not know which server is meant`,
      fix: 'give `--ready-file` or `--url`',
    });
  }
  return { url: bare(url), token: process.env['FORGE_TOKEN'] };
}

function bare(url: string): string {
  return url.replace(/\/$/, '');
}
