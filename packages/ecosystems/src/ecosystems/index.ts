import type { Ecosystem } from '../model';
import { cargo } from './cargo';
import { hackage } from './hackage';
import { hex } from './hex';
import { npm } from './npm';
import { pypi } from './pypi';
import { rubygems } from './rubygems';

/** All ecosystems, in the order in which names are given out on a clash. The one line that a seventh costs. */
export const ecosystems: readonly Ecosystem[] = [cargo, npm, pypi, hex, hackage, rubygems];
