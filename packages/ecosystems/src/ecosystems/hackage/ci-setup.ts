import type { CiSetup } from '../../model';

/** A compiler comes with it: packing needs none, rehearsals and packages with a custom setup do. */
export const setup: CiSetup = {
  github: [
    {
      name: 'Set up GHC and cabal',
      uses: 'haskell-actions/setup@v2',
      with: { 'ghc-version': '9.6', 'cabal-version': '3.12' },
    },
  ],
};
