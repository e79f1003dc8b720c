import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { startPathProxy, type PathProxy } from '../testing/path-proxy';

/** A server that shares its host with others: behind a proxy, below a path. */
let proxy: PathProxy;
let registry: ToyRegistry;
beforeAll(async () => {
  proxy = await startPathProxy('/team/registry');
  registry = await startToyRegistry({ publicUrl: proxy.url });
  proxy.leadTo(registry.url);
  await registry.publish('app/1.0.0/app.bin', '{"summary":"see href=\\"/elsewhere\\""}');
}, 60_000);
afterAll(() => Promise.all([registry.close(), proxy.close()]));

const host = () => new URL(proxy.url).origin;
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${host()}${path}`, { redirect: 'manual', headers: { accept: 'text/html', ...headers } });

/** Every page that can be reached by links, with all that they need. */
async function crawl(start: string, cookie: string): Promise<ReadonlyMap<string, number>> {
  const seen = new Map<string, number>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    const answer = await get(path, { cookie });
    seen.set(path, answer.status);
    waiting.push(...[answer.headers.get('location') ?? []].flat());
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
    const links = (await answer.text()).matchAll(/\s(?:href|action)="(\/[^"#]*)/g);
    waiting.push(...[...links].map(([, link = '']) => link.replaceAll('&amp;', '&')));
  }
  return seen;
}

it('leads from the start to the pages, and says where all else is', async () => {
  const start = await get('/team/registry/');
  expect([start.status, start.headers.get('location')]).toEqual([302, '/team/registry/ui']);
  const { links } = (await (await fetch(proxy.url)).json()) as { links: Record<string, string> };
  for (const link of Object.values(links)) expect((await get(link)).status).toBe(200);
  const openapi = await fetch(`${proxy.url}/api/v1/openapi.json`);
  expect(await openapi.json()).toMatchObject({ servers: [{ url: '/team/registry/api/v1' }] });
});

it('lets in, keeps the cookie below its path, and every link leads below it', async () => {
  const form = await (await get('/team/registry/ui/login')).text();
  const token = /name="form_token" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const login = await fetch(`${proxy.url}/ui/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ token: registry.token, form_token: token, next: '/ui/trail' }),
    headers: { origin: host() },
  });
  expect([login.status, login.headers.get('location')]).toEqual([303, '/team/registry/ui/trail']);
  const [cookie = '', ...attributes] = login.headers.get('set-cookie')?.split('; ') ?? [];
  expect(attributes).toContain('Path=/team/registry/ui');
  const pages = await crawl('/team/registry/ui', cookie);
  // Forms take no GET.
  const wrong = [...pages].filter(([, status]) => ![200, 303, 405].includes(status));
  expect([wrong, proxy.lost]).toEqual([[], []]);
  for (const path of ['style.css', 'packages/toy/app', 'trail', 'webhooks', 'account/tokens'])
    expect(pages.get(`/team/registry/ui/${path}`)).toBe(200);
});

it('shows what is told of packages as it is, and how to install from there', async () => {
  const page = await (await get('/team/registry/ui/packages/toy/app')).text();
  expect(page).toContain('see href=&quot;/elsewhere&quot;');
  expect(page).toContain(`${proxy.url}/toy`);
});
