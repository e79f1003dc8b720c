import type { ManifestFormat } from '../../model';
import { readManifest } from './read-manifest';

/** Reading needs JSON.parse only; node-semver and jsonc-parser load with the first edit. */
export const format: ManifestFormat = {
  read: readManifest,
  plan: (source, change, reader) =>
    (require('./plan-edits') as typeof import('./plan-edits')).planEdits(source, change, reader),
  locate: (source, reader) =>
    (require('./locate') as typeof import('./locate')).locateManifest(source, reader),
  publishable: (source, manifest, context) =>
    (require('./publishable') as typeof import('./publishable')).publishable(
      source,
      manifest,
      context,
    ),
};
