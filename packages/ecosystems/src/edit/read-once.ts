import type { Ecosystem, Manifest, Reader, Result, Source } from '../model';

/**
 * A manifest as its reader shows it, read once per reading session: who loads a workspace and who proves a change
 * of it mean the same bytes.
 */
export function readOnce(
  ecosystem: Ecosystem,
  source: Source,
  reader: Reader,
): Result<Manifest | null> {
  const known = reader.memo(
    `edit:read:${ecosystem.id}`,
    () => new WeakMap<Source, Result<Manifest | null>>(),
  );
  const reading = known.get(source) ?? ecosystem.format.read(source, reader);
  known.set(source, reading);
  return reading;
}
