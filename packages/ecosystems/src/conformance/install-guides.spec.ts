import { subjects } from '../testing/subjects';

const root = 'http://127.0.0.1:4999';

describe.each(subjects)('how a package of $id is installed', ({ ecosystem, kit: { registry } }) => {
  const { name, version } = registry;
  const guides = ecosystem.wire.install(root, { name, version });

  it('names the package and its version for the first tool', () => {
    const [first] = guides;
    expect(first?.lines.join('\n')).toContain(name);
    expect(first?.lines.join('\n')).toContain(version);
    expect(guides.every(({ tool, lines }) => tool !== '' && lines.length > 0)).toBe(true);
  });

  it('goes to this server, below the prefix, and to no other', () => {
    const text = guides.flatMap(({ lines }) => lines).join('\n');
    const urls = [...text.matchAll(/https?:\/\/[^\s"'>]+/g)].map(([url]) => url);
    expect(urls).not.toEqual([]);
    for (const url of urls) {
      expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:4999${ecosystem.prefix}(?:/|$)`));
    }
  });
});
