import { posix } from 'node:path';
import type { Reader, Source } from '../../model';
import { findText } from './elixir/resolve';
import type { Project } from './project';

/** Where the version of a project is written. */
export type VersionPlace =
  | {
      readonly source: Source;
      readonly via: string;
      readonly value: string;
      /** Span of the value in `source.text`. */
      readonly start: number;
      readonly end: number;
      /** Why it cannot be replaced in place. */
      readonly fixed?: string;
    }
  | { readonly computed: string; readonly offset: number; readonly length: number };

/**
 * The version's place: a literal in the manifest (`version: "1.2.0"`, `@version "1.2.0"`) or a file that
 * `File.read!` reads. Mix runs in the manifest's directory, so paths are relative to that.
 */
export function versionPlace(
  source: Source,
  project: Project,
  reader: Reader,
): VersionPlace | undefined {
  if (!project.version) return undefined;
  const found = findText(project.version, project.scope);
  if (found.from === 'computed') return computed('it is computed when Mix runs', found.at);
  if (found.from === 'literal') {
    const { text, via = 'version' } = found;
    if (text.form === 'interpolated' || text.form === 'escaped')
      return computed('it is put together when Mix runs', text);
    const fixed = text.form === 'plain' ? {} : { fixed: `it is written as a ${text.form}` };
    return { source, via, value: text.value, ...text.content, ...fixed };
  }
  const file = posix.join(posix.dirname(source.file), found.path);
  const other = reader.read(file);
  if (!other) return computed(`\`${file}\`, which holds it, cannot be read`, project.version);
  const value = other.text.trim();
  const start = other.text.indexOf(value);
  return { source: other, via: posix.basename(file), value, start, end: start + value.length };
}

function computed(why: string, at: { start: number; end: number }): VersionPlace {
  return { computed: why, offset: at.start, length: at.end - at.start };
}
