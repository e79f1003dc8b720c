import { all, fail, ForgeError, ok, type Edit, type Reader, type Result } from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import { EditedFile } from './edited-file';

/** All edits of a release, by the manifest that they belong to, and the files that they make. */
export class EditedFiles {
  private readonly editsByManifest = new Map<string, readonly Edit[]>();
  private readonly files = new Map<string, EditedFile>();

  /** `reader` must go on showing the files as they were before any edit. */
  constructor(private readonly reader: Reader) {}

  edits(): readonly Edit[] {
    return [...this.editsByManifest.values()].flat();
  }

  /** Replaces the edits of a manifest; returns the files that they are in, those of before included. */
  set(manifest: string, edits: readonly Edit[]): Result<readonly string[]> {
    const before = this.editsByManifest.get(manifest) ?? [];
    const touched = [...new Set([...before, ...edits].map(({ file }) => file))];
    const files = all(touched.map((file) => this.open(file)));
    if (!files.ok) return files;
    const byFile = groupBy(edits, ({ file }) => file);
    files.value.forEach((file, at) => file.set(manifest, byFile.get(touched[at] ?? '') ?? []));
    this.editsByManifest.set(manifest, edits);
    return ok(touched);
  }

  /** FORGE-M009 and FORGE-M010, as for one file. */
  contents(files: Iterable<string>): Result<ReadonlyMap<string, Uint8Array>> {
    const contents = all([...files].map((file) => this.contentOf(file)));
    return contents.ok ? ok(new Map(contents.value)) : contents;
  }

  private contentOf(file: string): Result<readonly [string, Uint8Array]> {
    const edited = this.open(file);
    const bytes = edited.ok ? edited.value.content() : edited;
    return bytes.ok ? ok([file, bytes.value] as const) : bytes;
  }

  private open(file: string): Result<EditedFile> {
    const known = this.files.get(file);
    if (known) return ok(known);
    const source = this.reader.read(file);
    if (!source) return fail(goneError(file));
    const edited = new EditedFile(source);
    this.files.set(file, edited);
    return ok(edited);
  }
}

/** FORGE-M009 */
export function goneError(file: string): ForgeError {
  return new ForgeError('FORGE-M009', { what: `\`${file}\` is gone`, where: { file } });
}
