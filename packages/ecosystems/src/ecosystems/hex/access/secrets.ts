import type { SecretShapes } from '../../../model';

/** Keys of Hex are 32 hexadecimal digits without a mark: only what stands beside them tells. */
export const secrets: SecretShapes = {
  files: ['hex.config'],
  tokens: [
    {
      what: 'a key of Hex',
      pattern: /\bHEX_API_KEY["']?\s*(?:=>|[:=,])\s*["']?(?<secret>[0-9a-f]{32})\b/g,
    },
    {
      what: 'a key of Hex',
      pattern: /\{\s*'?\$?(?:api_key|read_key|write_key)'?\s*,\s*<<"(?<secret>[^"]{16,})">>\s*\}/g,
    },
  ],
};
