import type { CiSetup } from '../../model';

/** Images of GitHub's runners have rustup, with a toolchain that may be weeks old; `rust-toolchain.toml` wins over it. */
export const setup: CiSetup = {
  github: [
    {
      name: 'Set up Rust',
      run: 'rustup toolchain install stable --profile minimal --no-self-update',
    },
  ],
};
