import {
  all,
  fail,
  ForgeError,
  ok,
  type Ecosystem,
  type Result,
  type WireUpload,
} from '@forge/ecosystems';
import { buffer } from 'node:stream/consumers';
import { readFile } from '../publish/read-file';
import type { Blobs } from '../store';
import { mergeMetadata } from '../store/merge-metadata';
import type { Draft } from './draft';
import { disagreements, type DraftManifest } from './manifest';

/** The upload that a draft stands for: each file as its tool would have sent it, all as one version. */
export async function assemble(
  ecosystem: Ecosystem,
  blobs: Blobs,
  draft: Draft,
): Promise<Result<WireUpload>> {
  const { entries, manifest } = draft;
  if (entries.length === 0) return incomplete('the draft has no files');
  if (entries.length > 1 && !ecosystem.wire.manyUploadsPerVersion)
    return incomplete(
      `a version of \`${draft.name}\` is one file, the draft has ${entries.length}`,
    );
  const read: Result<WireUpload>[] = [];
  for (const { path, sha256 } of entries) {
    const upload = readFile(ecosystem, path, await buffer(blobs.read(sha256)));
    read.push(upload.ok ? ofDraft(ecosystem, draft, upload.value) : upload);
  }
  const uploads = all(read);
  if (!uploads.ok) return uploads;
  const whole = join(uploads.value);
  if (manifest === null) return ok(whole);
  const described = ecosystem.contents.describe(whole.metadata);
  const problems = disagreements(ecosystem, manifest as unknown as DraftManifest, described);
  return problems.length > 0 ? fail(...problems) : ok(whole);
}

function ofDraft(ecosystem: Ecosystem, draft: Draft, upload: WireUpload): Result<WireUpload> {
  const { normalizeName, versions } = ecosystem;
  const { name, version } = upload;
  const isName = normalizeName(name) === normalizeName(draft.name);
  if (isName && versions.compare(version, draft.version) === 0) return ok(upload);
  const inside = `\`${name}\` ${version}`;
  return incomplete(`a file is of ${inside} instead of \`${draft.name}\` ${draft.version}`);
}

/** As the same files would be told of if they had come one by one. */
function join(uploads: readonly WireUpload[]): WireUpload {
  const [first, ...others] = uploads;
  if (!first) throw new Error('there is no upload to join');
  if (others.length === 0) return first;
  return {
    ...first,
    files: uploads.flatMap(({ files }) => files),
    metadata: mergeMetadata(uploads.map(({ metadata }) => metadata)),
  };
}

function incomplete(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R063', { what }));
}
