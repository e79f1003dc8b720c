import type { Reader } from '@forge/ecosystems';
import { byCodeUnit, directoryOf } from './paths';
import { workspaceMatcher } from './workspace-globs';

/** What Nx's own plugins (`package-json`, `project-json`) know of one root; they run after ours and win. */
export interface NxInferred {
  readonly name?: string;
  /** Targets whose command the user wrote: scripts and targets with an executor or a command. */
  readonly targets: ReadonlySet<string>;
}

/**
 * The projects that Nx infers by itself, by root: those with a `project.json`, and each `package.json` in the
 * globs of the package manager's workspaces or beside a `project.json`. Files that are no JSON are left to Nx.
 */
export function readNxInferred(
  files: readonly string[],
  reader: Reader,
): ReadonlyMap<string, NxInferred> {
  const sorted = [...files].sort(byCodeUnit);
  const projectFiles = sorted.filter((file) => isNamed(file, 'project.json'));
  const roots = new Set(projectFiles.map(directoryOf));
  const inferred = new Map<string, NxInferred>();
  const isMember = workspaceMatcher(readWorkspaceGlobs(reader));
  for (const file of sorted) {
    if (!isNamed(file, 'package.json')) continue;
    const root = directoryOf(file);
    if (isMember(file) || roots.has(root))
      add(inferred, root, packageFacts(readJson(file, reader)));
  }
  for (const file of projectFiles) {
    const json = readJson(file, reader);
    add(inferred, directoryOf(file), { ...nameOf(json), targets: ownTargets(json?.targets) });
  }
  return inferred;
}

/** The globs of `workspaces`, `pnpm-workspace.yaml` and `lerna.json`; the root itself only if it has an `nx` key. */
function readWorkspaceGlobs(reader: Reader): string[] {
  const root = readJson('package.json', reader);
  if (!root) return [];
  const workspaces = Array.isArray(root.workspaces)
    ? root.workspaces
    : asRecord(root.workspaces)?.packages;
  const lerna = reader.list('.').includes('lerna.json')
    ? readJson('lerna.json', reader)
    : undefined;
  return [
    ...strings(workspaces),
    ...pnpmPackages(reader.read('pnpm-workspace.yaml')?.text ?? ''),
    ...(lerna ? (lerna.packages ? strings(lerna.packages) : ['packages/*']) : []),
    ...(root.nx ? ['package.json'] : []),
  ];
}

/** The list `packages` of a `pnpm-workspace.yaml`, in block or flow form. */
function pnpmPackages(yaml: string): string[] {
  const [, flow, block] =
    /^packages:[ \t]*(?:\[([^\]]*)\]|(?:#.*)?\r?\n((?:[ \t]*(?:-.*|#.*)?(?:\r?\n|$))*))/m.exec(
      yaml,
    ) ?? [];
  const items = flow?.split(',') ?? block?.split(/\r?\n/) ?? [];
  return items.flatMap((item) => {
    const [, quoted, plain] =
      /^\s*(?:-\s+)?(?:["']([^"']*)["']|([^\s"'#-][^#]*?))\s*(?:#.*)?$/.exec(item) ?? [];
    return quoted ?? plain ?? [];
  });
}

function packageFacts(json: Json | undefined): NxInferred {
  const nx = asRecord(json?.nx);
  const scripts = nx?.includedScripts
    ? strings(nx.includedScripts)
    : Object.keys(asRecord(json?.scripts) ?? {});
  const name = nameOf(nx).name ?? nameOf(json).name;
  const targets = new Set([...scripts, ...ownTargets(nx?.targets)]);
  return name === undefined ? { targets } : { name, targets };
}

/** A target without a command of its own only adds to an inferred one. */
function ownTargets(targets: unknown): Set<string> {
  const entries = Object.entries(asRecord(targets) ?? {});
  const own = entries.filter(([, value]) => {
    const { executor, command } = asRecord(value) ?? {};
    const isOurs = typeof executor === 'string' && executor.startsWith('@forge/release:');
    return !isOurs && (executor !== undefined || command !== undefined);
  });
  return new Set(own.map(([name]) => name));
}

function add(inferred: Map<string, NxInferred>, root: string, facts: NxInferred): void {
  const known = inferred.get(root);
  const name = facts.name ?? known?.name;
  const targets = new Set([...(known?.targets ?? []), ...facts.targets]);
  inferred.set(root, name === undefined ? { targets } : { name, targets });
}

type Json = Readonly<Record<string, unknown>>;

function readJson(file: string, reader: Reader): Json | undefined {
  const text = reader.read(file)?.text;
  if (text === undefined) return undefined;
  try {
    return asRecord(JSON.parse(text));
  } catch {
    // Nx reports a broken package.json or project.json itself; here it only names nothing.
    return undefined;
  }
}

function asRecord(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : undefined;
}

function nameOf(json: Json | undefined): { name?: string } {
  return typeof json?.name === 'string' && json.name !== '' ? { name: json.name } : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function isNamed(file: string, base: string): boolean {
  return file === base || file.endsWith(`/${base}`);
}
