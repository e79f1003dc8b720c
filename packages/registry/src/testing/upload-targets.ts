import { ecosystems } from '@forge/ecosystems';
import { subjects } from '../../../ecosystems/src/testing/subjects';

/** A request that uploads something, in parts, so that each can be made wrong. */
export interface UploadTarget {
  /** Method and path, as they stand in the first line of the request. */
  readonly line: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** The upload of each native tool by its ecosystem's id, and those of the management API and of a page. */
export const uploadTargets: readonly (readonly [id: string, target: UploadTarget])[] = [
  ...ecosystems.flatMap(({ id, prefix }) => {
    const kit = subjects.find((each) => each.id === id)?.kit;
    if (!kit) return [];
    const { method, path, headers, body } = kit.registry.upload('hostile').request;
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const line = `${method} ${prefix}${path}`;
    return [[id, { line, headers: lines, body: Buffer.from(body) }] as const];
  }),
  ['a draft', posted('POST /api/v1/packages/npm/demo/drafts', 'application/json', '{"version":1}')],
  ['a blob', posted(`PUT /api/v1/packages/npm/demo/blobs/${'0'.repeat(64)}`, 'x/y', 'other bytes')],
  ['a whole package', posted('POST /api/v1/packages/npm/demo/publish', 'x/y', 'no package')],
  ['form of a page', posted('POST /ui/login', 'application/x-www-form-urlencoded', 'username=a')],
];

function posted(line: string, type: string, body: string): UploadTarget {
  return { line, headers: [`content-type: ${type}`], body: Buffer.from(body) };
}
