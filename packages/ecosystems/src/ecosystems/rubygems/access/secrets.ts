import type { SecretShapes } from '../../../model';

/** Keys of RubyGems are `rubygems_` and 48 hexadecimal digits; older ones are 32, known by their setting. */
export const secrets: SecretShapes = {
  files: ['.gem/credentials'],
  tokens: [
    { what: 'a key of RubyGems', pattern: /(?<!\w)rubygems_[0-9a-f]{48}(?!\w)/g },
    { what: 'a key of RubyGems', pattern: /^:rubygems_api_key:\s*["']?(?<secret>[\w-]{16,})/gm },
  ],
};
