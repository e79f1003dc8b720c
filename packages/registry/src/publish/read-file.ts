import { fail, ForgeError, type Ecosystem, type Result, type WireUpload } from '@forge/ecosystems';
import { compileRoutes } from '../http/match-route';
import { decodeSegments } from '../http/request-path';

/**
 * The upload that the native tool would make of a file. It goes through the very route that the tool would ask, so
 * that no rule of the ecosystem is missed.
 */
export function readFile(
  { contents, wire }: Ecosystem,
  filename: string,
  bytes: Uint8Array,
): Result<WireUpload> {
  if (bytes.byteLength > wire.bodyLimit) {
    const what = `\`${filename}\` is larger than the ${wire.bodyLimit} bytes that are taken`;
    return fail(new ForgeError('FORGE-R007', { what }));
  }
  const made = contents.toRequest(filename, bytes);
  if (!made.ok) return made;
  const { method, path } = made.value;
  const segments = decodeSegments(path) ?? [];
  for (const { route, params } of compileRoutes(wire.routes)(method, segments)) {
    const request = { ...made.value, params, query: {}, path: `/${segments.join('/')}` };
    if (route.kind !== 'publish' || route.accepts?.(request) === false) continue;
    return route.parse(request);
  }
  throw new Error(`the ecosystem has no route for the ${method} ${path} of its own tool`);
}
