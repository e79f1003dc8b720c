import type { Json, PackageChange } from '@forge/ecosystems';

/** How a change is told to others and kept in the audit. */
export interface ChangeEvent {
  readonly event: string;
  /** Where it is about one version. */
  readonly version?: string;
  readonly detail: { readonly [key: string]: Json };
}

const events = {
  yank: 'version.yanked',
  unyank: 'version.unyanked',
  remove: 'version.removed',
  'add-owner': 'owner.added',
  'remove-owner': 'owner.removed',
  'set-tag': 'tag.set',
  'delete-tag': 'tag.deleted',
  attach: 'version.attached',
  detach: 'version.detached',
} as const satisfies Record<PackageChange['kind'], string>;

export function eventOf(change: PackageChange): ChangeEvent {
  const { kind, ...detail } = change;
  const version = 'version' in change && kind !== 'set-tag' ? { version: change.version } : {};
  // Members of a change are JSON, but for optional ones that are not there.
  return { event: events[kind], ...version, detail: detail as { readonly [key: string]: Json } };
}
