import type { CiSetup } from '../../model';

/** Images of GitHub's runners have neither Erlang nor Elixir. */
export const setup: CiSetup = {
  github: [
    {
      name: 'Set up Erlang and Elixir',
      uses: 'erlef/setup-beam@v1',
      with: { 'otp-version': '27', 'elixir-version': '1.18' },
    },
  ],
};
