import type { ManifestFormat } from '../../model';
import { readManifest } from './read-manifest';

/** Reading needs a TOML parser only; what edits loads with the first edit. */
export const format: ManifestFormat = {
  read: readManifest,
  plan: (source, change, reader) =>
    (require('./plan-edits') as typeof import('./plan-edits')).planEdits(source, change, reader),
  locate: (source, reader) =>
    (require('./locate') as typeof import('./locate')).locate(source, reader),
  publishable: (source, manifest, context) =>
    (require('./publishable') as typeof import('./publishable')).publishable(
      source,
      manifest,
      context,
    ),
};
