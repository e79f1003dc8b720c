/**
 * The segments of a path, each decoded once, so that `/@scope%2fname` is one segment and
 * `/@scope/name` two; the patterns decide which they take. `null` for malformed escapes,
 * and for NUL, which no database keeps in a text.
 * A final slash gives a final empty segment: `/simple/` and `/simple` are two paths.
 */
export function decodeSegments(rawPath: string): readonly string[] | null {
  try {
    const segments = rawPath.replace(/^\//, '').split('/').map(decodeURIComponent);
    return segments.some((segment) => segment.includes('\0')) ? null : segments;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** `/path?query` as the client sent it, in two. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?');
  if (mark < 0) return { path: target, query: '' };
  return { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
