import type { Page } from '../page';
import { logInPages } from './log-in';
import { packagePages } from './package';
import { packagesPage } from './packages';
import { releasesPage } from './releases';
import { tokenPages } from './tokens';
import { trailPage } from './trail';
import { webhookPages } from './webhooks';

/** All pages. A new one is a file in this folder and a line here. */
export const pages: readonly Page[] = [
  packagesPage,
  ...packagePages,
  releasesPage,
  trailPage,
  ...logInPages,
  ...tokenPages,
  ...webhookPages,
];
