import type { SecretShapes } from '../../../model';

/** npm's tokens have a checksum and the prefix `npm_` since 2021; older ones are bare UUIDs, known by their setting. */
export const secrets: SecretShapes = {
  files: ['.npmrc'],
  tokens: [
    { what: 'a token of npm', pattern: /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g },
    {
      what: 'a login of an npm registry',
      pattern:
        /^\s*\/\/[^\s:]\S*:(?:_authToken|_auth|_password)\s*=\s*["']?(?<secret>(?!\$)[^\s"']{8,})/gm,
    },
  ],
};
