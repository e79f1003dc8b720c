import { crc32, deflateRawSync } from 'node:zlib';
import { seeded } from '../testing';
import { hostileZips } from '../testing/hostile/zips';
import { readZip } from './zip';

describe('a zip that says two things', () => {
  const text = Array.from({ length: 100 }, (_, index) => index).join();
  const members = { 'demo.py': text, 'demo.dist-info/METADATA': 'Name: demo' };
  // What its members say is looked at by whoever knows the format.
  const isPlain = (what: string) => /metadata|without members|zip in a zip/.test(what);
  const zips = hostileZips(members, 'demo.dist-info/METADATA', seeded(7));

  it.each(zips.filter(({ what }) => !isPlain(what)).map((each) => [each.what.slice(0, 60), each]))(
    'is refused: %s',
    (_, { bytes }) => expect(readZip(bytes).ok).toBe(false),
  );
});

describe('a zip from a stream, with the sizes behind the content', () => {
  const content = Buffer.from('Name: demo\n'.repeat(20));
  const packed = deflateRawSync(content);
  const uint32 = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);
  const uint16 = (...values: number[]) => Buffer.from(Uint16Array.from(values).buffer);
  const name = Buffer.from('demo-1.0.dist-info/METADATA');
  const mark = 0x08074b50;
  const told = [crc32(content), packed.length, content.length] as const;

  /** As zipfile of Python 3.11 writes to what cannot seek: flag 3, zeros in the local header. */
  function zipWith(follower: Buffer): Buffer {
    const fields = uint16(20, 1 << 3, 8, 0, 0x21);
    const local = [uint32(0x04034b50), fields, uint32(0, 0, 0), uint16(name.length, 0), name];
    const front = Buffer.concat([...local, packed, follower]);
    const entry = Buffer.concat([
      ...[uint32(0x02014b50), uint16(0x0314), fields, uint32(...told)],
      ...[uint16(name.length, 0, 0, 0, 0), uint32(0o100644 * 2 ** 16, 0), name],
    ]);
    const end = [uint32(0x06054b50), uint16(0, 0, 1, 1), uint32(entry.length, front.length)];
    return Buffer.concat([front, entry, ...end, uint16(0)]);
  }

  it.each([
    ['with a mark', uint32(mark, ...told)],
    ['without a mark', uint32(...told)],
    ['with a mark and large sizes', uint32(mark, told[0], told[1], 0, told[2], 0)],
    ['with large sizes', uint32(told[0], told[1], 0, told[2], 0)],
  ])('is read %s', (_, follower) => {
    const zip = readZip(zipWith(follower));
    expect(zip).toMatchObject({ ok: true });
    expect(zip.ok && [...zip.value]).toEqual([[name.toString(), content]]);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another checksum', uint32(mark, told[0] ^ 1, told[1], told[2])],
    ['another size', uint32(mark, told[0], told[1], told[2] + 1)],
    ['more than that', Buffer.concat([uint32(mark, ...told), Buffer.alloc(8)])],
  ])('is refused with %s there', (_, follower) => {
    expect(readZip(zipWith(follower))).toMatchObject({ problems: [{ code: 'FORGE-R001' }] });
  });
});
