import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Access,
  type AccessSettings,
  type Destination,
  type Endpoints,
  type HttpResponse,
  type Manifest,
  type Reader,
  type Result,
} from '../../../model';
import { jsonAnswer } from '../../../text';
import { publicEndpoints } from '../endpoints';
import { indexOf, sparseIndex, variablePart } from './configuration';
import { namedRegistries, type NamedRegistries } from '../manifest/publish-field';

const publicName = 'crates-io';

/** `publish = ["name"]` is a list of the registries that a crate may go to; cargo refuses every other one. */
export function destination(
  manifest: Manifest,
  settings: AccessSettings,
  reader: Reader,
  given?: Endpoints,
): Result<Destination | undefined> {
  const named = namedRegistries(manifest.file, reader);
  if (!named) return ok(undefined);
  const others = named.names.filter((name) => name !== publicName);
  if (given) return given['index'] === publicEndpoints.index ? ok(undefined) : inPlaceOf(named);
  if (others.length < named.names.length) return ok(undefined);
  const [only, ...more] = others;
  if (only === undefined || more.length > 0) return fail(ambiguous(named));
  return registry(only, named, settings);
}

/** A registry of the run stands in under the name that the crate allows, but cargo lets nothing stand in for crates-io. */
function inPlaceOf({ names, place }: NamedRegistries): Result<undefined> {
  if (names.some((name) => name !== publicName)) return ok(undefined);
  const what = `\`publish = ["${publicName}"]\` lets cargo send this crate to crates.io only`;
  const fix = `remove \`publish\`: without it crates.io is where the crate goes, unless the run names a registry`;
  return fail(new ForgeError('FORGE-C004', { what, fix, ...place }));
}

function registry(
  name: string,
  { place }: NamedRegistries,
  settings: AccessSettings,
): Result<Destination> {
  const part = variablePart(name);
  const index = indexOf(name, settings);
  if (index === undefined) {
    const what = `this crate is for the registry \`${name}\` only, and nothing says where that is`;
    const fix = `write \`[registries.${name}]\` with its \`index\` into \`.cargo/config.toml\`, set \`CARGO_REGISTRIES_${part}_INDEX\`, or give the registry of this run (\`--registry\`)`;
    return fail(new ForgeError('FORGE-C004', { what, fix, ...place }));
  }
  const url = sparseIndex(index);
  if (url === undefined) {
    const what = `the registry \`${name}\` has its index in a git repository, which cannot be asked what it holds`;
    const fix = 'use the sparse index of the registry (`sparse+https://…/`)';
    return fail(new ForgeError('FORGE-C004', { what, fix, ...place }));
  }
  return ok({
    endpoints: { index: url, api: '', dl: '', name },
    via: `\`publish = ["${name}"]\``,
    env: [`CARGO_REGISTRIES_${part}_TOKEN`],
  });
}

function ambiguous({ names, place }: NamedRegistries): ForgeError {
  const listed = names.map((name) => `\`${name}\``).join(', ');
  const what = `this crate may go to several registries (${listed}), and none of them is crates.io`;
  const fix = 'leave one of them in `publish`, or give the registry of this run (`--registry`)';
  return new ForgeError('FORGE-C004', { what, fix, ...place });
}

/** The index says where crates are fetched from and where the API is. */
export const introduction: Access['introduction'] = {
  ask: ({ index }) => ({ method: 'GET', url: `${index}/config.json` }),
  read: (endpoints, response) => {
    const config = configOf(response);
    if (!config) return undefined;
    return { ...endpoints, api: trimmed(config.api ?? ''), dl: trimmed(config.dl) };
  },
};

function configOf(response: HttpResponse): { dl: string; api?: string } | undefined {
  const config = jsonAnswer<{ dl?: string; api?: string } | null>(response);
  return typeof config?.dl === 'string' ? { ...config, dl: config.dl } : undefined;
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}
