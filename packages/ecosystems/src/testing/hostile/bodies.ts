import type { KitUpload } from '../conformance-kit';
import type { HostileUpload } from './hostile-upload';

type Request = KitUpload['request'];

/**
 * A sound request whose body ends too early, or is another one. `unmissed` bytes at the end say nothing: a line end
 * behind the last boundary, the blank blocks of a tar.
 */
export function cutBodies(request: Request, random: () => number, unmissed = 3): HostileUpload[] {
  const { body } = request;
  const cuts = Array.from({ length: 16 }, () => Math.floor(random() * (body.length - unmissed)))
    // Between two entries of a tar the end is not seen.
    .filter((at) => at % 512 !== 0);
  const others: readonly (readonly [what: string, body: Uint8Array])[] = [
    ['no body', new Uint8Array()],
    ['a NUL', Buffer.of(0)],
    ['a page', Buffer.from('<html><body>502 Bad Gateway</body></html>')],
    ['a form of a browser', Buffer.from('name=demo&version=1.2.0')],
    ['noise', Buffer.from(Array.from({ length: 3000 }, () => Math.floor(random() * 256)))],
    ['NULs', Buffer.alloc(3000)],
    ['ones', Buffer.alloc(3000, 0xff)],
    ['something in front', Buffer.concat([Buffer.from('garbage'), body])],
  ];
  return [
    ...others.map(([what, other]) => ({ what, request: { ...request, body: other } })),
    ...[...new Set(cuts)].map((at) => {
      return { what: `the body cut at ${at}`, request: { ...request, body: body.subarray(0, at) } };
    }),
  ];
}
