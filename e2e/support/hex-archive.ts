import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Mix keeps Hex, an archive that comes from its own registry or from its source (`mix archive.build`). */
export const hexArchives = process.env['MIX_ARCHIVES'] ?? join(homedir(), '.mix/archives');

const hasHex =
  existsSync(hexArchives) && readdirSync(hexArchives).some((each) => /^hex(?:-|$)/.test(each));

/** A suite of Mix's own Hex; skipped by name where there is none. */
export function describeWithHexArchive(title: string, suite: () => void): void {
  if (hasHex) describe(title, suite);
  else describe.skip(`${title} (missing: the Hex archive)`, suite);
}
