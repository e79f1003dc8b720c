import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ecosystems } from '../ecosystems';
import type { Ecosystem } from '../model';
import type { ConformanceKit } from './conformance-kit';
import { toy } from './toy';

export interface Subject {
  readonly id: string;
  /** Relative to `src`. */
  readonly folder: string;
  readonly ecosystem: Ecosystem;
  readonly kit: ConformanceKit;
}

/** The toy is an ecosystem for the tests only: what holds for it and all others holds for the next. */
const all: readonly Ecosystem[] = [...ecosystems, toy];

function folderOf(ecosystem: Ecosystem): string {
  return ecosystem === toy ? 'testing/toy' : `ecosystems/${ecosystem.id}`;
}

function kitFile(ecosystem: Ecosystem): string {
  return join(__dirname, '..', folderOf(ecosystem), 'testing/kit.ts');
}

/** Every ecosystem that has a kit. */
export const subjects: readonly Subject[] = all
  .filter((ecosystem) => existsSync(kitFile(ecosystem)))
  .map((ecosystem) => ({
    id: ecosystem.id,
    folder: folderOf(ecosystem),
    ecosystem,
    kit: (require(kitFile(ecosystem)) as { readonly kit: ConformanceKit }).kit,
  }));

/** The files to write; the suite fails while there are any. */
export const missingKits: readonly string[] = all.map(kitFile).filter((file) => !existsSync(file));
