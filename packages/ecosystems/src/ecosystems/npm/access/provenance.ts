import semver from 'semver';
import type { Environment, LackingField, Provenance, Source } from '../../../model';
import { jsonSpans, locatedSpan, parseJsonText } from '../../../text';
import { publicEndpoints } from '../endpoints';
import { isObject, type JsonObject } from '../package-json';

/**
 * npm makes statements since 9.5. From 11.5.1 on it also knows trusted publishing, whose packages have them; older
 * ones end in ENEEDAUTH in such a workflow.
 */
const oldest = '11.5.1';

/**
 * `npm publish --provenance` (11.19): in CI it has an identity signed for by the public Sigstore, and uploads the
 * statement beside the tarball. Only the public registry takes one. GitHub Actions and GitLab CI are all that it knows.
 */
export const provenance: Provenance = {
  title: 'npm',
  isTaken: ({ registry = '' }) => registry.replace(/\/+$/, '') === publicEndpoints.registry,
  unwitnessed,
  program: { name: 'npm', args: ['--version'], least: oldest, isEnough },
  lacking,
};

function isEnough(output: string): boolean {
  const version = semver.valid(output.trim().split('\n').at(-1) ?? '');
  return version !== null && semver.gte(version, oldest);
}

/** What npm asks in `ensureProvenanceGeneration`, and Sigstore's client for the identity. */
function unwitnessed(env: Environment): ReturnType<Provenance['unwitnessed']> {
  if (env['GITHUB_ACTIONS']) {
    const names = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
    if (names.every((name) => env[name])) return undefined;
    return {
      what: 'this job of GitHub Actions may ask for no identity token',
      fix: 'give the job `permissions: { id-token: write, contents: read }`',
    };
  }
  if (env['GITLAB_CI']) {
    if (env['SIGSTORE_ID_TOKEN']) return undefined;
    return {
      what: 'this job of GitLab CI has no `SIGSTORE_ID_TOKEN`',
      fix: 'give the job `id_tokens: { SIGSTORE_ID_TOKEN: { aud: sigstore } }`',
    };
  }
  return {
    what: 'this is no job of GitHub Actions or GitLab CI, and npm knows no other witness',
    fix: 'release there, or without `provenance`',
  };
}

/** The registry compares `repository` with the one that the statement names, and shows statements of public packages. */
function lacking(source: Source, { access }: { readonly access?: string }): LackingField[] {
  const parsed = parseJsonText(source);
  if (!parsed.ok || !isObject(parsed.value)) return [];
  const json = parsed.value;
  const place = placeOf(source);
  return [
    ...(hasRepository(json)
      ? []
      : [{ field: 'repository', fix: `add ${example(json)}`, ...place }]),
    ...(isPublic(json, access)
      ? []
      : [
          {
            field: 'publishConfig.access',
            fix: 'add `"publishConfig": { "access": "public" }`',
            ...place,
          },
        ]),
  ];
}

function hasRepository({ repository }: JsonObject): boolean {
  const url = isObject(repository) ? repository['url'] : repository;
  return typeof url === 'string' && url.trim() !== '';
}

/** npm makes no statement of a name that is new or private unless it is told that the package is public. */
function isPublic(json: JsonObject, access: string | undefined): boolean {
  const { publishConfig, name } = json;
  const own = isObject(publishConfig) ? publishConfig['access'] : undefined;
  return (access ?? own ?? (isScoped(String(name)) ? 'restricted' : 'public')) === 'public';
}

export function isScoped(name: string): boolean {
  return name.startsWith('@');
}

function example({ name }: JsonObject): string {
  const repository = String(name).replace(/^@/, '');
  return `\`"repository": { "type": "git", "url": "git+https://github.com/${repository}.git" }\`, with your own URL`;
}

function placeOf(source: Source): Pick<LackingField, 'where' | 'frame'> {
  return locatedSpan(source, jsonSpans(source).find(['name']));
}
