import type { AccessSettings, Environment } from '../model';
import { sourceOf } from './memory-reader';

/** What people have set up, from texts by absolute path; the one that wins comes first. */
export function settingsOf(
  files: Readonly<Record<string, string>>,
  env: Environment = {},
): AccessSettings {
  return { files: Object.entries(files).map(([path, text]) => sourceOf(path, text)), env };
}
