import { join } from 'node:path';
import { run, type RunResult } from './run';
import { writeInto } from './workspace';

/** Needs the tiny package, in any version. */
const user = `cabal-version: 2.4
name: user
version: 0

library
  build-depends: base, tiny-hackage
  default-language: Haskell2010
`;

/** cabal in a home of its own, which is also a project that needs the tiny package. Exit codes are left to the caller. */
export type Cabal = (...args: readonly string[]) => Promise<RunResult>;

export function cabalIn(home: string, config: string): Cabal {
  writeInto(home, 'config', config);
  writeInto(home, 'user.cabal', user);
  writeInto(home, 'cabal.project', 'packages: .\n');
  const { PATH = '' } = process.env;
  const cabal = { CABAL_DIR: home, CABAL_CONFIG: join(home, 'config') };
  const env = { PATH, HOME: home, LANG: 'C.UTF-8', ...cabal };
  return (...args) => run('cabal', args, { cwd: home, env });
}

/** Settings of cabal that verify what the registry signs. */
export async function signedConfig({ url }: { readonly url: string }): Promise<string> {
  return (await fetch(`${url}/hackage/cabal.config`)).text();
}
