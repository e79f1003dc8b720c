import { ecosystems } from '@forge/ecosystems';
import { normalizeOptions, type NormalizedOptions } from '../../configuration/plugin-options';
import type { OnDuplicate } from '../../publish/unit-result';
import { publishOptions } from './publish-options';

function plugin(options: object = {}): NormalizedOptions {
  const normalized = normalizeOptions(options, ecosystems);
  if (!normalized.ok) throw normalized.problems[0];
  return normalized.value;
}

describe('options of the target `publish`', () => {
  it('take a version that is live with other content for a warning, by default', () => {
    expect(publishOptions({}, plugin())).toMatchObject({
      ok: true,
      value: { onDuplicate: 'warn' },
    });
  });

  it.each(['skip', 'warn', 'fail'] as const)('take `%s` for what it says', (onDuplicate) => {
    expect(publishOptions({ onDuplicate }, plugin())).toMatchObject({ value: { onDuplicate } });
  });

  it.each(['ignore', 'Skip', '', 'toString'])(
    'refuse `%s` as `onDuplicate` (FORGE-C001)',
    (given) => {
      expect(publishOptions({ onDuplicate: given as OnDuplicate }, plugin())).toMatchObject({
        ok: false,
        problems: [
          {
            code: 'FORGE-C001',
            what: `\`onDuplicate\` is \`${given}\``,
            fix: 'use one of `skip`, `warn`, `fail`',
          },
        ],
      });
    },
  );

  it('say in seconds how long is waited, before what the plugin says of all', () => {
    const deadlines = (given: object, options?: object): unknown => {
      const result = publishOptions(given, plugin(options));
      return result.ok && result.value.deadlines;
    };
    expect(deadlines({})).toEqual({});
    expect(deadlines({ retryWithin: 5 }, { limitWithin: 7200 })).toEqual({
      ...{ retryWithin: 5000, limitWithin: 7_200_000 },
    });
    expect(deadlines({ limitWithin: 60 }, { limitWithin: 7200 })).toEqual({ limitWithin: 60_000 });
  });

  it('send statements of provenance as the plugin says, unless they say it themselves', () => {
    const asked = (given: object, options?: object): unknown => {
      const result = publishOptions(given, plugin(options));
      return result.ok && result.value.provenance;
    };
    expect(asked({})).toBe(false);
    expect(asked({}, { provenance: true })).toBe(true);
    expect(asked({ provenance: false }, { provenance: true })).toBe(false);
  });
});
