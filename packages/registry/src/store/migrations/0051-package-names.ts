import type { Migration } from '.';

/** Events and the trail say the name that a package has, not the one by which it is found in any spelling. */
export const packageNames: Migration = {
  id: '0051-package-names',
  statements: [`create index packages_by_own_name on packages (ecosystem, name)`],
};
