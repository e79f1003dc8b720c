/** Takes the pictures of the docs: the pages of a registry in which a team has worked for a while. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../e2e/support/browser';
import { repository } from '../../e2e/support/repository';
import { pictures, type Picture } from '../../e2e/support/showcase/pictures';
import { openShowcase, type Showcase } from '../../e2e/support/showcase/showcase';

const directory = join(repository, 'docs/images');

async function takeAll(): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const [showcase, browser] = await Promise.all([openShowcase(), openBrowser()]);
  try {
    const scopes = ['publish:npm/@lumen/*', 'yank'];
    for (const name of ['CI of lumen', 'A laptop'])
      await showcase.ask('POST', '/users/me/tokens', { name, scopes, expires_in_days: 90 });
    for (const picture of pictures) await take(browser, showcase, picture);
  } finally {
    await browser.close();
    await showcase.close();
  }
}

async function take(browser: Browser, showcase: Showcase, picture: Picture): Promise<void> {
  const { name, path, colorScheme, width, height, asAdmin } = picture;
  const context = await browser.newContext({ colorScheme, viewport: { width, height } });
  if (asAdmin) await showcase.enter(context);
  const page = await context.newPage();
  await page.goto(`${showcase.url}${path}`);
  await page.screenshot({ path: join(directory, `${name}.png`) });
  await context.close();
}

void takeAll();
