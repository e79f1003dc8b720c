import { join } from 'node:path';
import { readIfPresent } from '../effects/files';
import type { FileChange } from '../record/release-store';
import { groupsOf, type ChangelogEntry, type NxRun, type NxVersions } from './nx-release';

/** Every file that a release changes, with its bytes, sorted by path. */
export function planFiles(
  root: string,
  { written, versions }: NxRun,
  entries: readonly ChangelogEntry[],
): FileChange[] {
  const read = (path: string): Uint8Array | null => readIfPresent(join(root, path)) ?? null;
  const manifests = written.map(({ path, bytes }) => ({
    ...{ path, kind: 'version' as const, before: read(path), after: bytes },
  }));
  const changelogs = [...changelogTexts(entries, read)].map(([path, text]) => ({
    ...{ path, kind: 'changelog' as const, before: read(path), after: Buffer.from(text) },
  }));
  const plans = usedPlans(versions).map((path) => ({
    ...{ path, kind: 'version plan' as const, before: read(path), after: null },
  }));
  const all = [...manifests, ...changelogs, ...plans.filter(({ before }) => before !== null)];
  return all.filter(isChange).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A tree may hold what a formatter put back. */
function isChange({ before, after }: FileChange): boolean {
  if (before === null || after === null) return before !== after;
  return !Buffer.from(before).equals(after);
}

/** New entries stand above the older ones, as Nx puts them; an entry that is there for a version stays as it is. */
function changelogTexts(
  entries: readonly ChangelogEntry[],
  read: (path: string) => Uint8Array | null,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { file, contents, version } of entries) {
    if (file === undefined || contents === '') continue;
    const text = texts.get(file) ?? Buffer.from(read(file) ?? []).toString();
    if (hasEntry(text, version)) continue;
    texts.set(file, text === '' ? contents : `${contents}\n\n${text}`);
  }
  return texts;
}

function hasEntry(text: string, version: string): boolean {
  const escaped = version.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`^#{1,3} \[?v?${escaped}(?![\w.+-])`, 'm').test(text);
}

/**
 * Version plans whose projects all got their versions. Nx removes them with `nx release`, and leaves to its callers
 * what is released piece by piece: a plan that names a project that stays must stay, too.
 */
function usedPlans(versions: NxVersions): string[] {
  const isReleased = (project: string): boolean =>
    Boolean(versions.projectsVersionData[project]?.newVersion);
  const used = new Map<string, boolean>();
  for (const { resolvedVersionPlans, projects } of groupsOf(versions))
    for (const plan of resolvedVersionPlans || []) {
      const { projectVersionBumps: bumps } = plan;
      const named = bumps ? Object.keys(bumps) : projects;
      const before = used.get(plan.relativePath) ?? true;
      used.set(plan.relativePath, before && named.every(isReleased));
    }
  return [...used].flatMap(([path, isUsed]) => (isUsed ? [path] : []));
}
