import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import { setFlagsFromString } from 'node:v8';

/** `text[]`, the only arrays that are kept. */
const textArray = 1009;

/**
 * Settings of PostgreSQL beside those of PGlite 0.5. Its 128 MB of buffers are zeroed at each start, which costs a
 * tenth of a second; what does not fit into fewer is read from files in memory or from the cache of the system.
 */
const settings = ['-c', 'shared_buffers=32MB'];

/** Starts PostgreSQL in this process. PGlite is loaded here, because a server on another database needs none. */
export async function startEngine(options: PGliteOptions): Promise<PGlite> {
  compileLate();
  const { PGlite, types } =
    require('@electric-sql/pglite') as typeof import('@electric-sql/pglite');
  const asItIs = (text: string) => text;
  class Engine extends PGlite {
    /** PGlite 0.5 asks the catalog for all types of arrays, which takes longer than all else that a start asks. */
    override async _initArrayTypes(): Promise<void> {
      this.parsers[textArray] = (value) => types.arrayParser(value, asItIs, textArray) as unknown;
    }
  }
  const startParams = [...PGlite.defaultStartParams, ...settings];
  const engine = new Engine({ ...options, startParams });
  await engine.waitReady;
  return engine;
}

/**
 * V8 11 and 12 (node 20 and 22) compile a function of WebAssembly for speed when it has run 1.8 MB of its code, and
 * check all functions before any runs. Half of the processor time of a start goes there, for functions that run once;
 * with ten times that, as of V8 13, those of a busy server are compiled a moment later.
 */
function compileLate(): void {
  if (Number.parseInt(process.versions.v8) > 12) return;
  setFlagsFromString('--wasm-tiering-budget=20000000');
  setFlagsFromString('--wasm-lazy-validation');
}
