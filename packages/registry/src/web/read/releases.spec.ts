import { groupReleases, type ArrivedVersion } from './releases';

let arrival = 1000;

/** The newest first, as they are read. */
function arrived(name: string, publishedBy: string, minute: number): ArrivedVersion {
  const publishedAt = new Date(Date.UTC(2026, 0, 1, 12, minute));
  arrival -= 1;
  const version = '1.0.0';
  return { arrival, ecosystem: 'toy', name, version, publishedAt, publishedBy, yanked: false };
}

function names(versions: readonly ArrivedVersion[]): readonly string[] {
  return groupReleases(versions).map(
    ({ by, versions: together }) => `${by}: ${together.map(({ name }) => name).join(' ')}`,
  );
}

describe('releases that arrived together', () => {
  it('are versions of one user with short pauses', () => {
    const versions = [arrived('c', 'ann', 15), arrived('b', 'ann', 9), arrived('a', 'ann', 0)];
    expect(names(versions)).toEqual(['ann: c b a']);
  });

  it('end where nothing comes for a while', () => {
    const versions = [arrived('b', 'ann', 20), arrived('a', 'ann', 9)];
    expect(names(versions)).toEqual(['ann: b', 'ann: a']);
  });

  it('are told apart by user, also when they are published at the same time', () => {
    const versions = [
      arrived('d', 'bob', 4),
      arrived('c', 'ann', 3),
      arrived('b', 'bob', 2),
      arrived('a', 'ann', 1),
    ];
    expect(names(versions)).toEqual(['bob: d b', 'ann: c a']);
  });

  it('tell from when to when', () => {
    const [release] = groupReleases([arrived('b', 'ann', 8), arrived('a', 'ann', 3)]);
    expect([release?.from.getUTCMinutes(), release?.to.getUTCMinutes()]).toEqual([3, 8]);
  });

  it('are none where nothing arrived', () => expect(groupReleases([])).toEqual([]));
});
