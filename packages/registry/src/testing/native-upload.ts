import type { WireUpload } from '@forge/ecosystems';
import type { Subject } from '../../../ecosystems/src/testing/subjects';
import { compileRoutes } from '../http/match-route';
import { decodeSegments, splitTarget } from '../http/request-path';

/** What the server makes of an upload by the native tool of an ecosystem; `content` goes into the artifact. */
export function nativeUpload({ ecosystem, kit }: Subject, content: string): WireUpload {
  const { method, path: target, headers, body } = kit.registry.upload(content).request;
  const { path, query } = splitTarget(target);
  const segments = decodeSegments(path) ?? [];
  for (const { route, params } of compileRoutes(ecosystem.wire.routes)(method, segments)) {
    const parameters = Object.fromEntries(new URLSearchParams(query));
    const request = { method, path, headers, body, params, query: parameters };
    if (route.kind !== 'publish' || route.accepts?.(request) === false) continue;
    const parsed = route.parse(request);
    if (parsed.ok) return parsed.value;
    throw parsed.problems[0];
  }
  throw new Error(`no route takes ${method} ${target}`);
}
