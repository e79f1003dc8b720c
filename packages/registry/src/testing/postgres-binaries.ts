import { accessSync, constants, readdirSync } from 'node:fs';
import path from 'node:path';

// Imports nothing of the product: what installs tools on a fresh machine asks this before anything is built.

/** Where `initdb` and `pg_ctl` are; undefined where PostgreSQL 15 or later is not installed. */
export function postgresBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = list(debian)
    .map(Number)
    .filter((version) => version >= 15);
  const places = versions.sort((a, b) => b - a).map((version) => `${debian}/${version}/bin`);
  return places.find((place) => isExecutable(path.join(place, 'initdb')));
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    // Not Debian, or not installed.
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
