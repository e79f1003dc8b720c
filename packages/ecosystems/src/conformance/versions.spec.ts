import { bumpTypes, type Result } from '../model';
import { subjects } from '../testing/subjects';

function codes(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.problems.map(({ code }) => code);
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw result.problems[0];
  return result.value;
}

describe.each(subjects)(
  'versions of $id',
  ({ ecosystem, kit: { versions: kit, requirements } }) => {
    const { versions } = ecosystem;
    const all = kit.ascending.flat();

    it('know what is valid', () => {
      for (const version of all)
        expect([version, versions.isValid(version)]).toEqual([version, true]);
      for (const version of kit.invalid)
        expect([version, versions.isValid(version)]).toEqual([version, false]);
    });

    it('have one order, in which equal versions may be spelled differently', () => {
      const ranked = kit.ascending.flatMap((group, rank) =>
        group.map((version) => ({ version, rank })),
      );
      for (const a of ranked)
        for (const b of ranked)
          expect([a.version, b.version, Math.sign(versions.compare(a.version, b.version))]).toEqual(
            [a.version, b.version, Math.sign(a.rank - b.rank)],
          );
    });

    it('know prereleases', () =>
      expect(all.filter((version) => versions.isPrerelease(version))).toEqual(
        expect.arrayContaining([...kit.prereleases]),
      ));

    it.each(kit.spellings)('spell %s as %s, and back', (canonical, native) => {
      expect(value(versions.toNative(canonical))).toBe(native);
      expect(value(versions.toCanonical(native))).toBe(canonical);
      expect(versions.isValid(native)).toBe(true);
    });

    it('refuse what they cannot spell', () => {
      for (const canonical of kit.inexpressible)
        expect([canonical, ...codes(versions.toNative(canonical))]).toEqual([
          canonical,
          'FORGE-V002',
        ]);
      expect(codes(versions.toNative('no version'))).toEqual(['FORGE-V001']);
      for (const invalid of kit.invalid) expect(versions.toCanonical(invalid).ok).toBe(false);
    });

    it('go up when they are bumped, and stay valid', () => {
      for (const version of all)
        for (const type of bumpTypes) {
          const next = versions.bump(version, type, 'rc');
          if (!next.ok) {
            expect(codes(next)[0]).toMatch(/^FORGE-V00[12]$/);
            continue;
          }
          const got = [version, type, next.value, versions.isValid(next.value)];
          expect([...got, versions.compare(next.value, version) > 0]).toEqual([
            version,
            type,
            next.value,
            true,
            true,
          ]);
        }
      for (const invalid of kit.invalid) expect(versions.bump(invalid, 'minor', '').ok).toBe(false);
    });

    it.each(requirements.samples)(
      'keep the requirement %j satisfied when it is rewritten',
      (sample) => {
        const { satisfies, rewrite } = versions.requirement;
        for (const version of requirements.versions)
          for (const policy of ['violated', 'always'] as const) {
            const before = value(satisfies(sample, version));
            const rewritten = rewrite(sample, version, policy);
            if (!rewritten.ok) {
              expect(codes(rewritten)).toEqual(['FORGE-V004']);
              continue;
            }
            const got = [sample, version, policy, rewritten.value];
            expect([...got, value(satisfies(rewritten.value, version))]).toEqual([...got, true]);
            expect([...got, value(rewrite(rewritten.value, version, policy))]).toEqual([
              ...got,
              rewritten.value,
            ]);
            if (before && policy === 'violated') expect(rewritten.value).toBe(sample);
          }
      },
    );

    it('have a usual requirement', () => {
      for (const version of all) {
        const usual = versions.requirement.default(version);
        expect([usual, version, value(versions.requirement.satisfies(usual, version))]).toEqual([
          usual,
          version,
          true,
        ]);
      }
    });

    it('do not guess what a requirement means', () => {
      for (const sample of requirements.unreadable) {
        expect([sample, ...codes(versions.requirement.satisfies(sample, all[0] ?? ''))]).toEqual([
          sample,
          'FORGE-V003',
        ]);
        expect(versions.requirement.rewrite(sample, all[0] ?? '', 'always').ok).toBe(false);
      }
    });
  },
);
