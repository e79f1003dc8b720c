import { ForgeError } from '../../../errors';
import { fail, ok, type Manifest, type Reader, type Result } from '../../../model';
import { locatedSpan } from '../../../text';
import { projectOf } from '../project';

/**
 * `package: [organization: "acme"]` is a private package of an organisation. Its registry answers only who has a
 * key, and what it needs may be private as well: it is refused instead of being shown to everybody.
 */
export function destination(
  manifest: Manifest,
  _settings: unknown,
  reader: Reader,
  given?: object,
): Result<undefined> {
  const source = reader.read(manifest.file);
  const project = source && !given ? projectOf(source) : undefined;
  const organization = project?.ok ? project.value?.organization : undefined;
  if (!source || !organization) return ok(undefined);
  const what = `\`${manifest.name}\` is a private package of the organisation \`${organization.name}\`, which cannot be published from here`;
  const fix =
    'publish it with `mix hex.publish` and give it the role `private` in nx.json, or give the registry of this run (`--registry`)';
  return fail(new ForgeError('FORGE-C004', { what, fix, ...locatedSpan(source, organization.at) }));
}
