import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const manifest = readFileSync(path.join(__dirname, '../../package.json'), 'utf8');
const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));

/** How a client knows that it talks to this server and not to whoever took its port. */
export const identity = { name: 'forge-registry', version } as const;
