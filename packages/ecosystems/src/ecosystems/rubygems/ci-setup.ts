import type { CiSetup } from '../../model';

/** Without a version the action wants a `.ruby-version`, which not every repository has. */
export const setup: CiSetup = {
  github: [{ name: 'Set up Ruby', uses: 'ruby/setup-ruby@v1', with: { 'ruby-version': '3.4' } }],
};
