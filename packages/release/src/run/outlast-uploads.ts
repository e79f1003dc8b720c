import { livingUploads } from '../effects/upload-processes';
import type { World } from '../effects/world';

/** As long as one upload may take; a program that hangs for longer is left to itself, and the registries are asked. */
const patience = 15 * 60_000;

/** Waits for uploads that outlived the process that began them. */
export async function outlastUploads(
  root: string,
  world: World,
  note: (text: string) => void,
): Promise<void> {
  const deadline = world.now() + patience;
  let told = '';
  for (;;) {
    const living = livingUploads(root).join(', ');
    if (living === '' || world.now() > deadline) return;
    if (living !== told)
      note(`an upload outlived its release (process ${living}): waiting for it to end`);
    told = living;
    await world.sleep(250);
  }
}
