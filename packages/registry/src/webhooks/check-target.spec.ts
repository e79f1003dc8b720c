import { checkTarget } from './check-target';
import { guardedLookup } from './guarded-lookup';

function codeOf(url: string, allowPrivate = false): string {
  const checked = checkTarget(url, { allowPrivate });
  return checked.ok ? checked.value.href : (checked.problems[0]?.code ?? '');
}

describe('the target of a webhook', () => {
  it.each([
    'hooks.example',
    'ftp://hooks.example/',
    'http://hooks.example/',
    'https://user:secret@hooks.example/',
    'https://user@hooks.example/',
    '',
  ])('%p is no address for one: FORGE-R080', (url) => expect(codeOf(url)).toBe('FORGE-R080'));

  it.each([
    'https://localhost/',
    'https://LOCALHOST:8443/x',
    'https://a.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://[fe80::1]/',
  ])('%s leads inside: FORGE-R081', (url) => expect(codeOf(url)).toBe('FORGE-R081'));

  it('may be any public one, and any at all where that is allowed', () => {
    expect(codeOf('https://hooks.example/a?b')).toBe('https://hooks.example/a?b');
    expect(codeOf('https://8.8.8.8:8443/')).toBe('https://8.8.8.8:8443/');
    expect(codeOf('http://127.0.0.1:8080/', true)).toBe('http://127.0.0.1:8080/');
  });
});

describe('the address of a name', () => {
  const lookUp = (...addresses: string[]) =>
    new Promise<string>((answered) => {
      const lookup = guardedLookup((_host, _options, done) =>
        done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        ),
      );
      lookup('hooks.example', {}, (error, address) =>
        answered(error ? ((error as { code?: string }).code ?? error.message) : String(address)),
      );
    });

  it('is connected to only if it is public, each of several: FORGE-R081', async () => {
    expect(await lookUp('8.8.8.8')).toBe('8.8.8.8');
    expect(await lookUp('10.0.0.1')).toBe('FORGE-R081');
    expect(await lookUp('8.8.8.8', '::1')).toBe('FORGE-R081');
    expect(await lookUp()).toBe('FORGE-R081');
  });
});
