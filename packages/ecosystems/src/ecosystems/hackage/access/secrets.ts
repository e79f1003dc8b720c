import type { SecretShapes } from '../../../model';

/** Tokens of Hackage have no mark: only what stands beside them tells. */
export const secrets: SecretShapes = {
  files: ['.cabal/config', '.config/cabal/config'],
  tokens: [
    {
      what: 'a token of Hackage',
      pattern: /\bHACKAGE_TOKEN["']?\s*[:=]\s*["']?(?<secret>[A-Za-z0-9+/=_-]{20,})/g,
    },
    { what: 'a token of Hackage', pattern: /\bX-ApiKey\s+(?<secret>[A-Za-z0-9+/=_-]{20,})/g },
  ],
};
