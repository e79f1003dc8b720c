import type { ManifestFormat } from '../../model';
import { readManifest } from './manifest/read-manifest';

/**
 * Cargo.toml: meaning by smol-toml, edits by spans, inheritance from the workspace root. Inference only
 * reads; what plans edits loads on first use.
 */
export const format: ManifestFormat = {
  read: readManifest,
  plan: (source, change, reader) =>
    (require('./plan/plan-manifest') as typeof import('./plan/plan-manifest')).planManifest(
      source,
      change,
      reader,
    ),
  locate: (source, reader) =>
    (require('./plan/locate-manifest') as typeof import('./plan/locate-manifest')).locateManifest(
      source,
      reader,
    ),
  publishable: (source, manifest, context) =>
    (
      require('./publishable/plan-publishable') as typeof import('./publishable/plan-publishable')
    ).planPublishable(source, manifest, context),
  lacking: (source, reader) =>
    (
      require('./manifest/demanded-fields') as typeof import('./manifest/demanded-fields')
    ).lackingFields(source, reader),
};
