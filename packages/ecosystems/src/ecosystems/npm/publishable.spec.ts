import { ok, type Manifest, type PublishableContext, type Source } from '../../model';
import { decodeSource, splice } from '../../text';
import { npm } from '.';

const versions: Readonly<Record<string, string>> = { core: '1.3.0', '@s/ui': '2.0.0-rc.1' };

function source(text: string): Source {
  const decoded = decodeSource('packages/app/package.json', Buffer.from(text));
  if (!decoded.ok) throw decoded.problems[0];
  return decoded.value;
}

const context: PublishableContext = {
  reader: {
    read: (file) =>
      file === 'pnpm-workspace.yaml'
        ? ({ ...source('catalog:\n  semver: ^7.0.0\n'), file } satisfies Source)
        : undefined,
    list: () => [],
    memo: (_, compute) => compute(),
  },
  local: ({ name, path }) => {
    const found = path === undefined ? name : path.replace('packages/', '');
    const value = versions[found];
    return value === undefined ? undefined : ({ name: found, version: { value } } as Manifest);
  },
};

function publish(section: string, key: string, raw: string) {
  const before = source(`{\r\n  "${section}": { "${key}": "${raw}" }\r\n}`);
  const edits = npm.format.publishable(before, {} as Manifest, context);
  const after = edits.ok ? splice(before, edits.value) : edits;
  if (!after.ok) return after.problems.map(({ code }) => code);
  const tables = JSON.parse(Buffer.from(after.value).toString()) as Record<
    string,
    Record<string, string>
  >;
  return tables[section]?.[key];
}

describe('the publishable form of package.json', () => {
  it.each([
    ['core', 'workspace:*', '1.3.0'],
    ['core', 'workspace:', '1.3.0'],
    ['core', 'workspace:^', '^1.3.0'],
    ['core', 'workspace:~', '~1.3.0'],
    ['core', 'workspace:>=1 <2', '>=1 <2'],
    ['ui', 'workspace:@s/ui@^', 'npm:@s/ui@^2.0.0-rc.1'],
    ['core', 'workspace:../core', '1.3.0'],
    ['core', 'file:../core', '^1.3.0'],
    ['core', 'link:../core/', '^1.3.0'],
    ['mine', 'portal:../core', 'npm:core@^1.3.0'],
    ['semver', 'catalog:', '^7.0.0'],
    ['core', '^1.2', '^1.2'],
    ['core', 'github:acme/core', 'github:acme/core'],
  ])('gives `%s` on %j the text %j', (key, raw, expected) => {
    for (const section of ['dependencies', 'peerDependencies', 'devDependencies'])
      expect(publish(section, key, raw)).toBe(expected);
  });

  it.each(['workspace:*', 'file:../gone', 'file:./core.tgz', 'catalog:gone', '/abs/path'])(
    'refuses %j of something unknown, except where no user resolves it',
    (raw) => {
      expect(publish('dependencies', 'gone', raw)).toEqual(['FORGE-A006']);
      expect(publish('devDependencies', 'gone', raw)).toBe(raw);
    },
  );

  it('leaves the file alone when there is nothing to replace', () => {
    const text = '{"dependencies": {"core": "^1.2"}}';
    expect(npm.format.publishable(source(text), {} as Manifest, context)).toEqual(ok([]));
  });
});
