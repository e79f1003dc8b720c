import { digest } from '../../archive';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Upstream,
  type UpstreamFile,
  type UpstreamPackage,
  type UpstreamQuestion,
  type WireRequest,
  type WireResponse,
} from '../../model';
import { gemFilename } from './gem-filename';
import { nameOfStem, quickSpec } from './quick-spec';
import { readInfo, type ListedGem } from './read-info';
import { isPrerelease } from './version-number';

/**
 * Gems of another registry, by the `info` document that resolvers read; it is told on as it is, so that what `versions`
 * says of it stays true. Bundler 2.3 asks for `info` only of what stands in `versions`, so both lists are put together
 * with ours. The dumps for `gem list` are of ours alone, and not there where the other registry is not: Bundler falls
 * back to them, and would say that a gem does not exist.
 */
export const upstream: Upstream = {
  document(name, { path }, endpoints) {
    if (!/^\/(?:info|gems|quick)\//.test(path)) return undefined;
    return { method: 'GET', url: `${hostOf(endpoints)}/info/${encodeURIComponent(name)}` };
  },
  read(body, asked) {
    const text = Buffer.from(body).toString('utf8');
    const gems = readInfo(text);
    if (gems) return ok(packageOf(text, gems, asked));
    const what = `what ${asked.url} answers is no list of the versions of \`${asked.name}\``;
    return fail(new ForgeError('FORGE-R014', { what }));
  },
  // A version begins with a digit, and so may a part of a name.
  namesIn: (filename) => {
    const stem = filename.replace(/\.gem$/, '');
    const names = [...stem.matchAll(/-(?=\d)/g)].map(({ index }) => stem.slice(0, index));
    return [...new Set([nameOfStem(stem), ...names])];
  },
  listing: {
    question({ path }, endpoints) {
      const list = path === '/names' ? path : '/versions';
      return { method: 'GET', url: `${hostOf(endpoints)}${list}` };
    },
    merge(theirs, ours, { url, request, isOurs }) {
      if (isDump(request)) return ok(ours);
      const [head, listed] = splitList(Buffer.from(theirs).toString('utf8'));
      if (head === undefined) {
        const what = `what ${url} answers is no list of gems`;
        return fail(new ForgeError('FORGE-R014', { what }));
      }
      const others = listed.filter((line) => !isOurs(line.split(/[ \n]/, 1)[0] ?? ''));
      const [, own] = splitList(String(ours.body));
      return ok(withBody(ours, `${head}---\n${[...others, ...own].join('')}`));
    },
  },
};

function isDump({ path }: WireRequest): boolean {
  return path.endsWith('.gz');
}

function hostOf(endpoints: Readonly<Record<string, string>>): string {
  return (endpoints['host'] ?? '').replace(/\/+$/, '');
}

function packageOf(
  text: string,
  gems: readonly ListedGem[],
  { name, endpoints }: UpstreamQuestion,
): UpstreamPackage {
  const filenameOf = ({ version, record }: ListedGem) =>
    gemFilename(name, version, record.platform);
  return {
    files: gems.flatMap((gem): UpstreamFile[] => {
      const filename = filenameOf(gem);
      const url = `${hostOf(endpoints)}/gems/${encodeURIComponent(filename)}`;
      return gem.sha256 === undefined
        ? []
        : [{ filename, url, digest: { algorithm: 'sha256', value: gem.sha256 } }];
    }),
    respond({ path, params }) {
      if (path.startsWith('/info/')) return withBody(plain, text);
      const asked = (params['file'] ?? '').replace(/\.gemspec\.rz$/, '.gem');
      const gem = gems.find((each) => filenameOf(each) === asked);
      return gem && specification(name, gem, asked);
    },
  };
}

/** What resolving needs; words about a gem are not told of in the document. */
function specification(name: string, gem: ListedGem, filename: string): WireResponse {
  const { version, record, sha256 = '' } = gem;
  const description = { summary: name, description: '', homepage: '', licenses: [], authors: [] };
  const publishedAt = '1970-01-01T00:00:00Z';
  const prerelease = isPrerelease(version);
  const published = { filename, version, prerelease, sha256, publishedAt, record, description };
  const headers = { 'content-type': 'application/octet-stream' };
  return { status: 200, headers, body: quickSpec(name, published) };
}

/** What stands above the list, and its lines with their ends; no head where it is no such list. */
function splitList(text: string): readonly [head: string | undefined, lines: readonly string[]] {
  const [start = '', head = ''] = /^((?:[^\n]*\n)??)---\n/.exec(text) ?? [];
  if (start === '') return [undefined, []];
  return [head, text.slice(start.length).match(/[^\n]+\n/g) ?? []];
}

const plain: WireResponse = {
  status: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: '',
};

/** Bundler 2.3 compares the entity tag with the MD5 of what it has put together. */
function withBody({ status, headers }: WireResponse, body: string): WireResponse {
  return { status, headers: { ...headers, etag: `"${digest('md5', body)}"` }, body };
}
