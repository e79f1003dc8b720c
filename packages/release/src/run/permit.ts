import { ForgeError } from '@forge/ecosystems';
import type { PlannedRelease } from '../record/planned-release';
import { labelOfPlanned, plannedUploads } from '../plan/planned-units';

/** Something outside of this process that a release is about to change. */
export type Mutation =
  | { readonly kind: 'commit'; readonly paths: readonly string[] }
  | { readonly kind: 'upload'; readonly label: string }
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'push'; readonly remote: string }
  | { readonly kind: 'forge release'; readonly tag: string };

/** Throws FORGE-P009 for what is not in the plan. */
export type Permit = (mutation: Mutation) => void;

/** The gate of one release: what the dry run did not show does not happen. */
export function permitOnly(planned: PlannedRelease): Permit {
  const paths = new Set(planned.files.map(({ path }) => path));
  const labels = new Set(plannedUploads(planned.plan).map(labelOfPlanned));
  const tags = new Set(planned.tags.map(({ name }) => name));
  const shown = new Set(planned.forgeReleases.map(({ tag }) => tag));
  return (mutation) => {
    const stranger = strangerIn(mutation);
    if (stranger === undefined) return;
    const what = `${mutation.kind} \`${stranger}\` is not in the plan of this release`;
    throw new ForgeError('FORGE-P009', { what });
  };

  function strangerIn(mutation: Mutation): string | undefined {
    switch (mutation.kind) {
      case 'commit':
        return mutation.paths.find((path) => !paths.has(path));
      case 'upload':
        return labels.has(mutation.label) ? undefined : mutation.label;
      case 'tag':
        return tags.has(mutation.name) ? undefined : mutation.name;
      case 'push':
        return planned.push?.remote === mutation.remote ? undefined : mutation.remote;
      case 'forge release':
        return shown.has(mutation.tag) ? undefined : mutation.tag;
    }
  }
}
