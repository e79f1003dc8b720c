import { checkProduction, type ProductionSettings } from './production';
import { startRegistry } from './server';

const good: ProductionSettings = {
  production: true,
  data: '/var/lib/registry',
  token: 'forge_9f8a7c6b5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a',
  publicUrl: 'https://packages.example',
  accounts: { sessionSecret: 'kV9xq2LmZt7RwYb4NcPd8HsJfGu3Ae6T' },
};

it('lets a server start that has what it needs, and any other that is no production', () => {
  expect(() => checkProduction(good)).not.toThrow();
  expect(() => checkProduction({ ...good, publicUrl: 'http://127.0.0.1:4874' })).not.toThrow();
  expect(() => checkProduction({})).not.toThrow();
});

it.each<[string, Partial<ProductionSettings>]>([
  ['the secret of sessions (`FORGE_SESSION_SECRET`) is missing', { accounts: {} }],
  ['has fewer than 32', { accounts: { sessionSecret: 'kV9xq2LmZt7RwYb4NcPd8Hs' } }],
  ['repeats', { accounts: { sessionSecret: 'abcabcabc'.repeat(8) } }],
  ['everybody knows', { accounts: { sessionSecret: 'change-me-please-kV9xq2LmZt7RwYb4NcPd' } }],
  ['everybody knows', { accounts: { sessionSecret: 'your-default-secret-key-0987654321-abc' } }],
  ['the token of the server (`FORGE_TOKEN`) is missing', { token: undefined }],
  ['the token of the server (`FORGE_TOKEN`) has fewer', { token: 'forge_admin_token' }],
  ['gone at the end', { data: undefined }],
  ['no https address', { publicUrl: undefined }],
  ['no https address', { publicUrl: 'http://packages.example' }],
])('refuses to start where %s', (reason, change) => {
  const start = () => checkProduction({ ...good, ...change });
  expect(start).toThrow(reason);
  expect(start).toThrow('FORGE-R042');
  expect(start).not.toThrow(/kV9xq2LmZt7/);
});

it('tells everything at once, before anything is opened', async () => {
  const starting = startRegistry({ production: true });
  await expect(starting).rejects.toThrow(/sessions[^]*token of the server[^]*gone[^]*https/);
});
