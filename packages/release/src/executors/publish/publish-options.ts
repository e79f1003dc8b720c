import { ForgeError, type Result, fail, ok } from '@forge/ecosystems';
import type { Deadlines } from '../../configuration/deadlines';
import type { NormalizedOptions } from '../../configuration/plugin-options';
import { onDuplicateValues, type OnDuplicate } from '../../publish/unit-result';
import type { PublishOptions } from '../../publish/publish-units';

/** Options of the `publish` target, together with what Nx passes on from `nx release publish`. */
export interface PublishExecutorOptions {
  readonly dryRun?: boolean;
  readonly registry?: string;
  readonly onDuplicate?: OnDuplicate;
  readonly tag?: string;
  readonly access?: 'public' | 'restricted';
  readonly provenance?: boolean;
  readonly otp?: string;
  readonly allowDirty?: boolean;
  readonly failFast?: boolean;
  readonly requireRehearsal?: boolean;
  /** In seconds, as the three below. */
  readonly uploadWithin?: number;
  readonly visibleWithin?: number;
  readonly retryWithin?: number;
  readonly limitWithin?: number;
  readonly nxReleaseVersionData?: Readonly<Record<string, { readonly newVersion: string | null }>>;
}

/** The options of a run; those of the plugin fill in. FORGE-C001 for an unknown `onDuplicate`. */
export function publishOptions(
  given: PublishExecutorOptions,
  plugin: NormalizedOptions,
): Result<PublishOptions> {
  const onDuplicate = given.onDuplicate ?? 'warn';
  if (!onDuplicateValues.includes(onDuplicate))
    return fail(
      new ForgeError('FORGE-C001', {
        what: `\`onDuplicate\` is \`${String(onDuplicate)}\``,
        fix: `use one of ${onDuplicateValues.map((each) => `\`${each}\``).join(', ')}`,
      }),
    );
  return ok({
    registry: given.registry ?? plugin.registry,
    onDuplicate,
    allowDirty: given.allowDirty ?? false,
    tag: given.tag,
    access: given.access,
    provenance: given.provenance ?? plugin.provenance,
    otp: given.otp,
    failFast: given.failFast,
    requireRehearsal: given.requireRehearsal,
    deadlines: { ...ofPlugin(plugin), ...deadlinesOf(given) },
  });
}

function ofPlugin({ limitWithin }: NormalizedOptions): Partial<Deadlines> {
  return limitWithin === undefined ? {} : { limitWithin };
}

function deadlinesOf(given: PublishExecutorOptions): Partial<Deadlines> {
  const names = ['uploadWithin', 'visibleWithin', 'retryWithin', 'limitWithin'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const seconds = given[name];
      return seconds === undefined ? [] : [[name, seconds * 1000]];
    }),
  );
}
