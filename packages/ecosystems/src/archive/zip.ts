import { ok, type Result } from '../model';
import { isTooLong, isUnsafeName, plainPath } from './member-path';
import { unsafe } from './package-tar';
import { zipMembers } from './zip-members';

const defaultMaxBytes = 1024 ** 3;

/**
 * Files of a package by name, directories left out. FORGE-R001 for what is no zip, FORGE-R007 for what unpacks to more
 * than `maxBytes`, FORGE-R090 for a member that leads out or is there twice, and for links: no installer makes them.
 */
export function readZip(
  bytes: Uint8Array,
  maxBytes: number = defaultMaxBytes,
): Result<Map<string, Uint8Array>> {
  const members = zipMembers(bytes, maxBytes);
  if (!members.ok) return members;
  const files = new Map<string, Uint8Array>();
  for (const { path, type, content } of members.value) {
    if (isTooLong(path)) return unsafe('holds a path longer than any system takes');
    if (isUnsafeName(path)) return unsafe(`holds \`${path}\`, which leads out of it`);
    if (type === 'symlink') return unsafe(`holds the link \`${path}\``);
    if (type !== 'file') continue;
    if (files.has(plainPath(path))) return unsafe(`holds \`${path}\` twice`);
    files.set(plainPath(path), content);
  }
  return ok(files);
}
