import type { ManifestFormat } from '../../model';
import { planManifest } from './plan';
import { planPublishable } from './publishable';
import { readManifest } from './read';

/** Cargo.toml: meaning by smol-toml, edits by spans, inheritance from the workspace root. */
export const format: ManifestFormat = {
  read: readManifest,
  plan: planManifest,
  publishable: planPublishable,
};
