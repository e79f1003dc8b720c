import { gunzip, gzip, readTar, writeTar, type TarEntry } from '../../../archive';
import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type LogFact,
  type Result,
  type Upstream,
  type UpstreamFile,
  type UpstreamListQuestion,
} from '../../../model';
import { readIndex, type Index, type IndexedPackage } from './read-index';

/**
 * Another repository, by its `01-index.tar.gz`: cabal looks into nothing but the index, and there alone stand digests
 * of archives. What it tells goes into ours, which is signed by our key; theirs are not looked at, so the connection
 * has to be trusted. Once told, an entry stays: what is gone there, or became ours, is one to avoid.
 */
export const upstream: Upstream = {
  // The public index is more than anybody wants to read for a few packages.
  isPrivate: true,
  document: () => undefined,
  read: (_, { url }) => refused(url),
  namesIn: (filename) => {
    const name = /^(.+)-\d+(?:\.\d+)*\.tar\.gz$/.exec(filename)?.[1];
    return name === undefined ? [] : [name];
  },
  listing: {
    question: (_, endpoints) => ({
      method: 'GET',
      url: `${repositoryOf(endpoints)}/01-index.tar.gz`,
    }),
    merge(theirs, ours, asked) {
      const index = readIndex(theirs);
      const own = unpacked(ours.body);
      if (!index || !own) return refused(asked.url);
      const others = factsOf(index, asked).filter(({ path, isUsual = false }) => {
        return !isUsual && !path.endsWith('.json');
      });
      return ok({ ...ours, body: gzip(writeTar([...others.map(entryOf), ...own])) });
    },
    facts(theirs, asked) {
      const index = readIndex(theirs);
      return index ? ok(factsOf(index, asked)) : refused(asked.url);
    },
    package(theirs, { name, url, endpoints }) {
      const index = readIndex(theirs);
      if (!index) return refused(url);
      const found = index.get(name);
      if (!found) return ok(undefined);
      return ok({ files: filesOf(name, found, endpoints), respond: () => undefined });
    },
  },
};

function repositoryOf(endpoints: Readonly<Record<string, string>>): string {
  return (endpoints['repository'] ?? '').replace(/\/+$/, '');
}

function factsOf(index: Index, { isOurs }: UpstreamListQuestion): LogFact[] {
  const theirs = [...index].filter(([name]) => !isOurs(name));
  return theirs.flatMap(([, { facts }]) => [...facts.values()]);
}

function filesOf(
  name: string,
  { digests }: IndexedPackage,
  endpoints: Readonly<Record<string, string>>,
): UpstreamFile[] {
  return [...digests].map(([version, digest]) => {
    const filename = `${name}-${version}.tar.gz`;
    return { filename, url: `${repositoryOf(endpoints)}/package/${filename}`, digest };
  });
}

function entryOf({ path, content }: LogFact): TarEntry {
  return { name: path, type: 'file', mode: 0o644, content };
}

function unpacked(body: Uint8Array | string): readonly TarEntry[] | undefined {
  const tar = typeof body === 'string' ? undefined : gunzip(body, Number.MAX_SAFE_INTEGER);
  const entries = tar?.ok ? readTar(tar.value) : undefined;
  return entries?.ok ? entries.value : undefined;
}

function refused(url: string): Result<never> {
  const what = `what ${url} answers is no index of packages, or larger than one that is read through`;
  return fail(new ForgeError('FORGE-R014', { what }));
}
