import { ForgeError, type Ecosystem, type Endpoints } from '@forge/ecosystems';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Upstreams } from '../upstream/check-upstreams';

/** The registries that `--upstream` names. FORGE-C001 for what names none. */
export function givenUpstreams(
  given: readonly string[],
  ecosystems: readonly Ecosystem[],
): Upstreams {
  return Object.fromEntries(
    given.flatMap((which) => {
      if (which !== 'all') return [upstreamOf(which, ecosystems)];
      const able = ecosystems.filter(({ wire }) => wire.upstream && !wire.upstream.isPrivate);
      return able.map(({ id, publicEndpoints }) => [id, publicEndpoints] as const);
    }),
  );
}

function upstreamOf(
  which: string,
  ecosystems: readonly Ecosystem[],
): readonly [id: string, endpoints: Endpoints] {
  const [, id = '', url] = /^([^=]*)(?:=(.*))?$/s.exec(which) ?? [];
  const ecosystem = ecosystems.find((each) => each.id === id);
  if (!ecosystem) throw invalid(`\`--upstream ${which}\` names no ecosystem`);
  if (url === undefined && ecosystem.wire.upstream?.isPrivate)
    throw invalid(`the public registry of \`${id}\` is too large for \`--upstream\`: name another`);
  if (url === undefined) return [id, ecosystem.publicEndpoints];
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw invalid(`\`--upstream ${id}=…\` names no http or https address`);
  if (parsed.username !== '' || parsed.password !== '')
    throw invalid(`\`--upstream ${id}=…\` holds a password, and none is ever sent`);
  return [id, ecosystem.endpointsAt(url.replace(/\/+$/, ''))];
}

const claimsSchema = z.record(z.string(), z.array(z.string()));

/** What `--claims` lists. FORGE-C001 for a file that is no such list. */
export function givenClaims(file: string | undefined): Record<string, readonly string[]> {
  if (file === undefined) return {};
  try {
    return claimsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw invalid(`\`${file}\` is no list of names by ecosystem: ${reason}`);
  }
}

function invalid(what: string): ForgeError {
  return new ForgeError('FORGE-C001', { what, fix: 'see `forge-registry --help`' });
}
