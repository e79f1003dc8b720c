import { ForgeError } from '../../../errors';
import {
  all,
  fail,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type Result,
  type Source,
} from '../../../model';
import { byteSpan, decodeSource, editAt, locatedSpan, splice } from '../../../text';
import type { Description, FoundDependency } from '../cabal-file/description';
import type { Field } from '../cabal-file/layout';
import { parseNative, spellNative } from '../native-version';
import { planConstraints, wantedRanges } from '../plan/plan-change';
import { planVersion } from '../plan/plan-version';
import type { WantedVersion } from '../plan/plan-range';
import { rehash } from './file-hash';
import { readTemplate, type Template } from './package-yaml';
import { planGeneratedRanges } from './plan-ranges';
import { planTemplateCandidate } from './template-candidate';

/**
 * A `.cabal` file that hpack generates from `package.yaml`: both say the same afterwards, so that cabal builds
 * without hpack and hpack finds nothing to do. Where they disagree before, nothing is guessed (FORGE-M022).
 */
export function planGenerated(
  source: Source,
  description: Description,
  change: ManifestChange,
  file: string,
  reader: Reader,
): Result<readonly Edit[]> {
  const template = templateAt(file, reader);
  if (!template.ok) return template;
  const planned = all([
    planTemplateVersion(source, description, template.value, change.version),
    planVersion(source, description, change.version, lastField(description)),
    ...byName(description, change).map(([found, wanted]) =>
      planGeneratedRanges(source, template.value, found, wanted),
    ),
    planConstraints(source, description, change, reader),
  ]);
  if (!planned.ok) return planned;
  const edits = planned.value.flat();
  const broken = unreadable(template.value, edits);
  if (broken) return fail(broken);
  const hash = rehash(
    source,
    edits.filter((edit) => edit.file === source.file),
  );
  return hash.ok ? ok([...edits, ...hash.value]) : hash;
}

export function templateAt(file: string, reader: Reader): Result<Template> {
  const source = reader.read(file);
  if (source) return readTemplate(source);
  const what = `\`${file}\` cannot be read`;
  return fail(new ForgeError('FORGE-M022', { what, where: { file } }));
}

/** hpack 0.34.7 writes what is `verbatim` behind all other fields above the sections. */
function lastField({ elements, version }: Description): Field | undefined {
  const firstSection = elements.findIndex(({ kind }) => kind === 'section');
  const fields = elements.slice(0, firstSection < 0 ? undefined : firstSection);
  return fields.filter((each): each is Field => each.kind === 'field').at(-1) ?? version?.field;
}

function planTemplateVersion(
  source: Source,
  { version, candidate }: Description,
  template: Template,
  wanted: string | undefined,
): Result<readonly Edit[]> {
  const written = template.version;
  const target = wanted === undefined ? undefined : parseNative(wanted);
  if (!target || !version) return ok([]);
  if (!written || written.text !== version.value || !written.verbatim) {
    const what = `\`${template.source.file}\` has the version \`${written?.text ?? 'that hpack assumes'}\`, and \`${source.file}\` says \`${version.value}\``;
    const place = locatedSpan(source, version);
    return fail(new ForgeError('FORGE-M022', { what, ...place }));
  }
  const { contentStart, contentEnd } = written;
  const reason = `version ${spellNative(version.value, candidate?.value)} → ${wanted}`;
  const edits =
    written.text === target.released
      ? []
      : [editAt(template.source, contentStart, contentEnd, target.released, reason)];
  const named = planTemplateCandidate(template, target.candidate, reason);
  return named.ok ? ok([...edits, ...named.value]) : named;
}

/** A range of the template may be many in the generated file: they are planned together. */
function byName(
  description: Description,
  change: ManifestChange,
): (readonly [FoundDependency[], WantedVersion])[] {
  const groups = new Map<string, readonly [FoundDependency[], WantedVersion]>();
  for (const [found, wanted] of wantedRanges(description, change)) {
    const group = groups.get(wanted.name) ?? [[], wanted];
    group[0].push(found);
    groups.set(wanted.name, group);
  }
  return [...groups.values()];
}

/** YAML is a large language: what was written is read again before anybody else has to. */
function unreadable(template: Template, edits: readonly Edit[]): ForgeError | undefined {
  const { source } = template;
  const bytes = splice(source, edits);
  const edited = bytes.ok ? decodeSource(source.file, bytes.value) : bytes;
  const again = edited.ok ? readTemplate(edited.value) : edited;
  const own = new Map(
    edits.flatMap((edit) => (edit.file === source.file ? [[edit.start, edit]] : [])),
  );
  if (again.ok && textsOf(again.value).join('\n') === textsOf(template, own).join('\n'))
    return undefined;
  const what = `\`${source.file}\` does not read back as planned`;
  return new ForgeError('FORGE-M011', { what, where: { file: source.file } });
}

/** The version and all ranges with the names that they are for, as they are or as edits make them. */
function textsOf(
  { source, version, ranges }: Template,
  edits: ReadonlyMap<number, Edit> = new Map(),
): string[] {
  const textAt = (start: number, end: number): string =>
    edits.get(byteSpan(source, start, end).start)?.newText ?? source.text.slice(start, end);
  return [
    version ? textAt(version.contentStart, version.contentEnd) : '',
    ...ranges.map(({ name, start, end }) => `${name} ${textAt(start, end)}`),
  ];
}
