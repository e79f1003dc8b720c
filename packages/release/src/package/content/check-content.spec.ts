import type { ArtifactMember } from '@forge/ecosystems';
import { loadFiles } from '../../graph/testing/memory-workspace';
import type { PackageNode } from '../../graph/model';
import { contentProblems } from './check-content';

const [demo] = loadFiles({ 'demo/package.json': '{ "name": "demo", "version": "1.0.0" }' })
  .packages as [PackageNode];

const file = (path: string, content: string | Uint8Array = ''): ArtifactMember => ({
  path,
  type: 'file',
  content: typeof content === 'string' ? Buffer.from(content) : content,
});
const link = (path: string, target: string, type: 'symlink' | 'hardlink' = 'symlink') =>
  ({ path, type, target, content: new Uint8Array() }) satisfies ArtifactMember;

function problems(members: readonly ArtifactMember[], allow: readonly string[] = []) {
  const context = { node: demo, shipped: [], allow };
  const top = members[0]?.path.includes('/') ? (members[0].path.split('/')[0] ?? '') : '';
  return contentProblems({ filename: 'demo-1.0.0.tgz' }, { top, members }, context);
}
const found = (...args: Parameters<typeof problems>): string[] =>
  problems(...args).map(({ code, what }) => `${code} ${what}`);
const codes = (...args: Parameters<typeof problems>): string[] =>
  problems(...args).map(({ code }) => code);

describe('files for credentials (FORGE-A008)', () => {
  it.each([
    ...['.npmrc', '.pypirc', '.netrc', '.git-credentials', '.cargo/credentials.toml'],
    ...['credentials.toml', '.gem/credentials', 'hex.config', '.cabal/config', '.aws/credentials'],
    ...['.env', '.env.local', '.env.production', 'deploy/id_ed25519', 'keys/release.p12'],
  ])('%s is one, wherever it lies', (path) => {
    expect(codes([file(`package/${path}`)])).toEqual(['FORGE-A008']);
    expect(codes([file('package/a'), file(`package/deep/${path}`)])).toEqual(['FORGE-A008']);
  });

  it.each([
    ...['.env.example', '.env.sample', 'env', 'credentials.rs', 'src/credentials/mod.rs'],
    ...['id_rsa.pub', 'environment.env.ts', 'certificate.pem', 'npmrc', 'config', 'my.netrc.md'],
  ])('%s is none', (path) => {
    expect(codes([file(`package/${path}`)])).toEqual([]);
  });

  it('is allowed by its path or a glob, for this package alone', () => {
    const members = [file('package/test/.npmrc'), file('package/.env')];
    expect(found(members)).toHaveLength(2);
    expect(found(members, ['test/.npmrc'])).toEqual([
      'FORGE-A008 `demo-1.0.0.tgz` holds `.env`, a file for credentials',
    ]);
    expect(found(members, ['**/.npmrc', '.env*'])).toEqual([]);
    const [first] = problems(members);
    expect(first?.fix).toContain(
      '`"artifacts": { "demo/package.json": { "allow": ["test/.npmrc"] } }`',
    );
  });
});

describe('secrets in text (FORGE-A009)', () => {
  // Put together here, so that no scanner takes this file for a leak.
  const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIE'.repeat(16)];
  const secrets: readonly (readonly [string, string])[] = [
    ['a token of crates.io', `cio${'aB3'.repeat(10)}xY`],
    ['a token of npm', `npm_${'aB3x'.repeat(9)}`],
    ['a token of PyPI', `pypi-AgEIcHlwaS5vcmc${'aB3_-'.repeat(12)}`],
    ['a key of RubyGems', `rubygems_${'0a1b2c3d'.repeat(6)}`],
    ['a key of Hex', `HEX_API_KEY=${'0a1b2c3d'.repeat(4)}`],
    ['a token of Hackage', `X-ApiKey ${'aB3x'.repeat(8)}`],
    ['a token of GitHub', `ghp_${'aB3x'.repeat(9)}`],
    ['a token of GitHub', `github_pat_${'a1'.repeat(11)}_${'b'.repeat(59)}`],
    ['a token of GitLab', `glpat-${'aB3_x'.repeat(4)}`],
    ['a private key', key.join('\n')],
    ['a private key', `key = "${key.join('\\n')}"`],
    ['a private key', `${key[0]}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\n${key[1]}`],
    ['a login of an npm registry', `//registry.example/:_authToken=${'aB3-'.repeat(9)}`],
  ];

  it.each(secrets)('%s is found, and shown by its beginning alone', (what, secret) => {
    const content = `first line\n${secret}\nlast line\n`;
    const [problem, ...more] = problems([file('package/lib/a.txt', content)]);
    expect(more).toEqual([]);
    expect(problem?.what).toBe(`\`lib/a.txt\` in \`demo-1.0.0.tgz\` holds ${what}`);
    expect(problem?.where).toMatchObject({ file: 'demo-1.0.0.tgz/package/lib/a.txt' });
    expect(problem?.where?.line).toBeGreaterThanOrEqual(2);
    const rendered = problem?.render() ?? '';
    expect(rendered).toMatch(/\d+ \| .*\*{8}/);
    const tail = secret.slice(-12);
    expect(rendered).not.toContain(tail);
  });

  it.each([
    '-----BEGIN PRIVATE KEY-----',
    'const header = "-----BEGIN RSA PRIVATE KEY-----";\nconst footer = "-----END RSA PRIVATE KEY-----";',
    '//registry.example/:_authToken=${NPM_TOKEN}',
    'npm_config_registry=http://127.0.0.1 npm_lifecycle_event=publish',
    'HEX_API_KEY=$SECRET HEX_API_KEY: ${{ secrets.HEX_API_KEY }}',
    `sha512-${'aB3x'.repeat(10)}cio${'aB3'.repeat(10)}xYzZ==`,
    'pypi-AgEIcHlwaS5vcmc…, ghp_xxxx, glpat-YOUR-TOKEN',
  ])('%j is none', (text) => {
    expect(found([file('package/a.txt', text)])).toEqual([]);
  });

  it('is allowed by the path of its file, and not looked for in binaries', () => {
    const [, secret = ''] = secrets[1] ?? [];
    expect(found([file('package/test/fake.txt', secret)], ['test/**'])).toEqual([]);
    expect(found([file('package/a.wasm', `\0asm${secret}`)])).toEqual([]);
  });

  it('tells every kind in every file, and a file full of them a few times', () => {
    const all = secrets.map(([, secret]) => secret).join('\n\n');
    expect(codes([file('p/a', all)])).toHaveLength(5);
    expect(codes(secrets.map(([, secret], index) => file(`p/${index}`, secret)))).toHaveLength(
      secrets.length,
    );
  });

  it('looks through a megabyte of code in no time', () => {
    const words = 'const npm_config = "-----BEGIN"; cio npm_ ghp_ rubygems_0 //a:_auth '.repeat(
      15_000,
    );
    const before = process.cpuUsage();
    expect(found([file('p/a.js', words)])).toEqual([]);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });
});

describe('links', () => {
  it.each([
    ['lib/a', 'b'],
    ['lib/a', '../lib/b'],
    ['lib/a', './b'],
    ['top', 'lib'],
    ['lib/deep/a', '../../lib/b'],
    ['through', 'alias/b'],
  ])('from %s to %s are fine', (path, target) => {
    const rest = [file('p/lib/b'), link('p/alias', 'lib'), file('p/x')];
    expect(found([...rest, link(`p/${path}`, target)])).toEqual([]);
    const bare = [file('x'), file('lib/b'), link('alias', 'lib')];
    expect(found([...bare, link(path, target)])).toEqual([]);
  });

  it.each([
    ['lib/a', 'c'],
    ['lib/a', '../b'],
    ['a', 'a'],
    ['a', 'b/c'],
    ['loop', 'pool'],
    ['lib/a', 'LIB'],
  ])('from %s to %s lead to nothing (FORGE-A010)', (path, target) => {
    const members = [file('p/lib/b'), link('p/pool', 'loop'), link(`p/${path}`, target)];
    expect(new Set(codes(members))).toEqual(new Set(['FORGE-A010']));
    expect(found(members)).toContainEqual(expect.stringContaining(`leads to \`${target}\``));
  });

  it.each(['/etc/passwd', '../../etc/passwd', '..', '../p2/b', 'C:\\Windows', '\\etc'])(
    'to %s lead out of the package (FORGE-A011)',
    (target) => {
      expect(codes([file('p/lib/b'), link('p/a', target)])).toEqual(['FORGE-A011']);
    },
  );

  it('lead out through another link as well', () => {
    const members = [file('p/lib/b'), link('p/up', '..'), link('p/a', 'up/other')];
    expect(codes(members)).toEqual(['FORGE-A011', 'FORGE-A011']);
  });

  it('count from the top of the archive when they are hard', () => {
    expect(found([file('p/lib/b'), link('p/a', 'p/lib/b', 'hardlink')])).toEqual([]);
    expect(codes([file('p/lib/b'), link('p/a', 'lib/b', 'hardlink')])).toEqual(['FORGE-A011']);
    expect(codes([file('p/lib/b'), link('p/a', 'p/b', 'hardlink')])).toEqual(['FORGE-A010']);
  });
});

describe('paths of members', () => {
  it('stand once (FORGE-A012)', () => {
    expect(found([file('p/README.md', 'a'), file('p/b'), file('p/README.md', 'b')])).toEqual([
      'FORGE-A012 `demo-1.0.0.tgz` holds `p/README.md` 2 times',
    ]);
  });

  it('differ in more than case and composition (FORGE-A012), unless both are allowed', () => {
    const members = [file('p/Makefile'), file('p/makefile')];
    expect(found(members)).toEqual([
      'FORGE-A012 `demo-1.0.0.tgz` holds `p/Makefile` and `p/makefile`, which are one file where case does not count',
    ]);
    expect(found(members, ['[Mm]akefile'])).toEqual([]);
    expect(codes([file('p/caf\u00e9'), file('p/cafe\u0301')])).toEqual(['FORGE-A012']);
  });

  it.each(['/etc/a', '../a', 'p/../../a', '..\\a', 'C:/a', 'C:\\a', 'p/..'])(
    'stay in the package: %s does not (FORGE-A013)',
    (path) => {
      expect(codes([file('p/x'), file(path)])).toEqual(['FORGE-A013']);
    },
  );

  it.each(['p/a..b', 'p/...', 'p/.hidden', './a', 'p/a:b'])('may look odd: %s', (path) => {
    expect(found([file('x'), file(path)])).toEqual([]);
  });
});
