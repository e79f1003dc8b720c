import type { SecretShapes } from '../../../model';

/** crates.io's tokens are `cio` and 32 letters or digits since 2020. */
export const secrets: SecretShapes = {
  files: ['.cargo/credentials', '.cargo/credentials.toml', 'credentials.toml'],
  tokens: [
    {
      what: 'a token of crates.io',
      pattern: /(?<![\w+/=.-])cio[A-Za-z0-9]{32}(?![\w+/=])/g,
    },
  ],
};
