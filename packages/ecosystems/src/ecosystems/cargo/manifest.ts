import type { ManifestFormat } from '../../model';
import { readManifest } from './read';

/**
 * Cargo.toml: meaning by smol-toml, edits by spans, inheritance from the workspace root. Inference only
 * reads; what plans edits loads on first use.
 */
export const format: ManifestFormat = {
  read: readManifest,
  plan: (source, change, reader) =>
    (require('./plan') as typeof import('./plan')).planManifest(source, change, reader),
  locate: (source, reader) =>
    (require('./locate') as typeof import('./locate')).locateManifest(source, reader),
  publishable: (source, manifest, context) =>
    (require('./publishable') as typeof import('./publishable')).planPublishable(
      source,
      manifest,
      context,
    ),
};
