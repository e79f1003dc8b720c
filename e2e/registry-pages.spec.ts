/** @jest-environment ../packages/registry/jest/pglite-environment.js */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './support/browser';
import { describeWithTools } from './support/describe-with-tools';
import { auditPage, focusOf } from './support/page-audit';
import { repository } from './support/repository';
import { openShowcase, password, type Showcase } from './support/showcase/showcase';
import { pictures } from './support/showcase/pictures';

describeWithTools('the pages of the registry, in a browser', ['browser'], () => {
  let showcase: Showcase;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    [showcase, browser] = await Promise.all([openShowcase(), openBrowser()]);
  }, 120_000);
  afterAll(async () => {
    // What did not open leaves nothing to close, and must not hide why.
    await (browser as Browser | undefined)?.close();
    await (showcase as Showcase | undefined)?.close();
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((each) => each.close()));
  });

  const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext(options);
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(`${showcase.url}${path}`);
    return page;
  };
  const withoutScripts = { javaScriptEnabled: false };
  const logIn = async (page: Page): Promise<void> => {
    await page.goto(`${showcase.url}/ui/login`);
    await page.getByLabel('Name or e-mail address').fill('lin');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
  };

  it('lead from a search to a version, its digest and how it is installed, without scripts', async () => {
    const page = await open('/', withoutScripts);
    expect(new URL(page.url()).pathname).toBe('/ui');
    await page.getByLabel('Search packages').fill('lumen core');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'lumen-core' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('lumen-core 2.0.0');
    expect(await page.getByText('cargo add lumen-core@2.0.0').isVisible()).toBe(true);
    const shown = await showcase.ask('GET', '/packages/cargo/lumen-core/2.0.0');
    const [file] = shown['files'] as readonly { readonly sha256: string }[];
    expect(await page.getByText(file?.sha256 ?? 'none').isVisible()).toBe(true);
    const together = page.getByRole('region', { name: 'Arrived together with' });
    expect(await together.getByRole('listitem').count()).toBe(7);
    await page.getByRole('link', { name: '1.1.0', exact: true }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('lumen-core 1.1.0');
  });

  it('say that a version was withdrawn, and why', async () => {
    const page = await open('/ui/packages/npm/%40lumen%2Fnode/1.1.0', withoutScripts);
    const notice = await page.getByRole('note').innerText();
    expect(notice).toContain('This version was withdrawn');
    expect(notice).toContain('Crashes on images without an alpha channel');
  });

  it('let somebody make a token, publish with it and revoke it, without scripts', async () => {
    const page = await open('/ui/account/tokens', withoutScripts);
    expect(new URL(page.url()).pathname).toBe('/ui/login');
    await logIn(page);
    await page.goto(`${showcase.url}/ui/account/tokens`);
    await page.getByLabel('What it is for').fill('A laptop');
    await page.getByRole('button', { name: 'Make the token' }).click();
    const secret = await page.getByRole('status').locator('code').innerText();
    const whoami = () =>
      fetch(`${showcase.url}/npm/-/whoami`, { headers: { authorization: `Bearer ${secret}` } });
    expect(await (await whoami()).json()).toEqual({ username: 'lin' });
    await page.goto(`${showcase.url}/ui/account/tokens`);
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('button', { name: 'Revoke A laptop' }).click();
    expect(await page.getByText('You have no tokens.').isVisible()).toBe(true);
    expect((await whoami()).status).toBe(401);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.goto(`${showcase.url}/ui/account/tokens`);
    expect(new URL(page.url()).pathname).toBe('/ui/login');
  });

  it('are reached by keys alone, the content first', async () => {
    const page = await open('/ui');
    await page.keyboard.press('Tab');
    expect(await focusOf(page)).toBe('a Skip to the content');
    await page.keyboard.press('Enter');
    expect(await focusOf(page)).toBe('main#content');
  });

  it('run nothing that a package brings along, and load nothing from elsewhere', async () => {
    await showcase.publish('npm', {
      name: 'hostile',
      version: '1.0.0',
      summary: `</p><script>document.title = 'taken'</script><img src="https://elsewhere.example/x" onerror="document.title = 'taken'">`,
      homepage: `javascript:document.title = 'taken'`,
      keywords: [`"onmouseover="document.title = 'taken'`],
    });
    const page = await open('/ui/login');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const path of ['/ui?q=hostile', '/ui/packages/npm/hostile']) {
      await page.goto(`${showcase.url}${path}`);
      expect(await page.title()).toContain('hostile');
      expect(await page.locator('main script, main img').count()).toBe(0);
      expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    }
    expect(asked.filter((url) => !url.startsWith(showcase.url))).toEqual([]);
  });

  describe.each([
    ['light', 1200],
    ['dark', 1200],
    ['light', 360],
    ['dark', 360],
  ] as const)('in %s on %d pixels', (colorScheme, width) => {
    it('can be read, heard and used by everybody', async () => {
      const page = await open('/ui', { colorScheme, viewport: { width, height: 800 } });
      const paths = [
        ...['/ui', '/ui?q=image', '/ui?q=nothing-is-called-so', '/ui/releases', '/ui/login'],
        ...[
          '/ui/nowhere',
          '/ui/packages/cargo/lumen-core',
          '/ui/packages/npm/%40lumen%2Fnode/1.1.0',
        ],
      ];
      const found: Record<string, readonly string[]> = {};
      const audit = async (path: string) => {
        await page.goto(`${showcase.url}${path}`);
        const problems = await auditPage(page);
        if (problems.length > 0) found[path] = problems;
      };
      for (const path of paths) await audit(path);
      await showcase.enter(page.context());
      for (const path of ['/ui/account/tokens', '/ui/trail', '/ui/webhooks']) await audit(path);
      expect(found).toEqual({});
    });
  });

  it('are in the docs as pictures, all of them small', () => {
    for (const { name } of pictures) {
      const { size } = statSync(join(repository, 'docs/images', `${name}.png`));
      expect([name, size > 5000, size < 150_000]).toEqual([name, true, true]);
    }
  });
});
