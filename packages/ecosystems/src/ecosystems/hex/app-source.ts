import { ok, type Reader, type Result, type Source } from '../../model';
import { isAtom, isText, itemsOf, propertyOf, type Node } from './erlang';
import { consult, taggedTerm } from './erlang-file';
import { erlangText, inFile, type Place } from './place';

/** What a `src/<app>.app.src` says: `{application, App, [{vsn, "1.2.0"}, ...]}`. */
export interface AppSource {
  readonly app: string | undefined;
  readonly version: Place | undefined;
}

/** FORGE-M002 for a file that is no list of Erlang terms. `manifest` is the file that reads it. */
export function appSourceOf(source: Source, manifest: Source, reader: Reader): Result<AppSource> {
  const nodes = consult(source);
  if (!nodes.ok) return nodes;
  const [, name, properties] = taggedTerm(nodes.value, 'application') ?? [];
  const vsn = propertyOf(properties, 'vsn');
  return ok({
    app: name?.kind === 'atom' ? name.value : undefined,
    version: vsn && versionPlace(vsn, source, manifest, reader),
  });
}

/** `{file, Path}` is relative to the directory of the application (rebar3 3.19); all else that is no text runs. */
function versionPlace(vsn: Node, source: Source, manifest: Source, reader: Reader): Place {
  if (isText(vsn)) return erlangText(vsn, source, 'vsn');
  const at = { start: vsn.start, end: vsn.end };
  const [kind, path] = itemsOf(vsn);
  if (isAtom(kind, 'file') && isText(path))
    return inFile(path.value, at, { source: manifest, reader, via: 'vsn' });
  const fixed = 'rebar3 makes it when the package is built';
  return { source, via: 'vsn', at, value: null, fixed };
}
