import { posix } from 'node:path';
import type { Source } from '../../../model';
import type { TomlPath } from '../../../text';
import {
  definitionOf,
  fieldOf,
  localPath,
  registryName,
  type DependencyEntry,
} from '../manifest/dependencies';
import type { TextPlace } from './places';
import { requirementText, type SpansOf } from './requirement-text';

/**
 * Where a dependency states its requirement. Everything is looked for when it is asked for: most dependencies are not
 * of this repository, and most requirements stay.
 */
export class RequirementPlace implements TextPlace {
  private text: ReturnType<typeof requirementText> | undefined;

  constructor(
    private readonly manifest: Source,
    private readonly entry: DependencyEntry,
    private readonly whyFixed: (entry: DependencyEntry) => string | undefined,
    private readonly spansOf: SpansOf,
  ) {}

  get name(): string {
    return registryName(this.entry);
  }

  get source(): Source {
    return this.entry.inherited?.root.source ?? this.manifest;
  }

  get path(): TomlPath {
    return this.found().path;
  }

  get span(): TextPlace['span'] {
    return this.found().span;
  }

  get stated(): string | undefined {
    const requirement = this.requirement();
    // A parser makes one line end of all.
    return requirement?.includes('\n') ? undefined : requirement;
  }

  get directory(): string | undefined {
    return localPath(this.entry, posix.dirname(this.manifest.file));
  }

  get fixed(): string | undefined {
    return this.requirement() === undefined ? 'it has no requirement' : this.whyFixed(this.entry);
  }

  private requirement(): string | undefined {
    return fieldOf(definitionOf(this.entry), 'version');
  }

  private found(): ReturnType<typeof requirementText> {
    const { inherited, key, path } = this.entry;
    const base = inherited ? ['workspace', 'dependencies', key] : path;
    return (this.text ??= requirementText(this.source, base, this.spansOf));
  }
}
