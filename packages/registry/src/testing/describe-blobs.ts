import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Blobs } from '../store';

/** What every kind of blob store does. */
export function describeBlobs(title: string, open: () => Blobs): void {
  const bytes = Buffer.from('the bytes of a file');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const empty = createHash('sha256').digest('hex');
  const listed = async (blobs: Blobs) => {
    const found: string[] = [];
    for await (const each of blobs.list()) found.push(each);
    return found.sort();
  };

  describe(title, () => {
    let blobs: Blobs;
    beforeAll(() => {
      blobs = open();
    });

    it('are empty at first', async () => expect(await listed(blobs)).toEqual([]));

    it('keep bytes, however often and by however many they are stored', async () => {
      await blobs.put(empty, Buffer.alloc(0));
      await Promise.all(Array.from({ length: 5 }, () => blobs.put(sha256, bytes)));
      await blobs.put(sha256, bytes);
      expect(await buffer(blobs.read(sha256))).toEqual(bytes);
      expect(Buffer.from(await blobs.get(sha256))).toEqual(bytes);
      expect(await listed(blobs)).toEqual([sha256, empty].sort());
    });

    it('give a part of them', async () => {
      expect((await buffer(blobs.read(sha256, { start: 4, end: 8 }))).toString()).toBe('bytes');
    });

    it('forget what is deleted, which may be done twice', async () => {
      await blobs.delete(sha256);
      await blobs.delete(sha256);
      expect(await listed(blobs)).toEqual([empty]);
      const attempts = [async () => buffer(blobs.read(sha256)), async () => blobs.get(sha256)];
      for (const attempt of attempts) await expect(attempt()).rejects.toThrow();
      await blobs.put(sha256, bytes);
      expect(await buffer(blobs.read(sha256))).toEqual(bytes);
    });
  });
}
