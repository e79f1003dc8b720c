import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ForgeError, type Artifact } from '@forge/ecosystems';
import { listDirectory, readIfPresent, writeText } from '../effects/files';
import { labelOf, type PublishUnit } from '../plan/publish-unit';

/** What a rehearsal proves, for exactly these artifacts. */
export interface RehearsalReceipt {
  readonly formatVersion: 1;
  /** ISO 8601. */
  readonly at: string;
  /** Of all artifacts. */
  readonly digest: string;
  readonly packages: readonly RehearsedPackage[];
}

export interface RehearsedPackage {
  readonly ecosystem: string;
  readonly name: string;
  /** Native. */
  readonly version: string;
  readonly artifacts: readonly { readonly filename: string; readonly sha256: string }[];
  /** How what the registry served compares with the artifacts: some tools pack again when they upload. */
  readonly served: 'identical' | 'same content';
  /** What its installation proves. */
  readonly installed: string;
}

const directory = '.forge/rehearsals';

/** One sha256 for a set of artifacts, whatever their order. */
export function digestOf(artifacts: readonly Pick<Artifact, 'sha256'>[]): string {
  const lines = artifacts.map(({ sha256 }) => `${sha256}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** Answers the workspace-relative path. */
export function writeReceipt(root: string, receipt: RehearsalReceipt): string {
  const file = `${directory}/${receipt.digest}.json`;
  writeText(join(root, file), `${JSON.stringify(receipt, null, 2)}\n`);
  return file;
}

/** FORGE-W006 for every unit with an artifact that no rehearsal has seen: one receipt covers many releases of a part. */
export function unrehearsed(root: string, units: readonly PublishUnit[]): readonly ForgeError[] {
  const seen = rehearsedDigests(root);
  return units.flatMap((unit) => {
    const unknown = unit.artifacts.filter(({ sha256 }) => !seen.has(sha256));
    if (unknown.length === 0) return [];
    const names = unknown.map(({ filename }) => `\`${filename}\``).join(', ');
    const what = `\`${labelOf(unit)}\` was not rehearsed: there is no receipt of ${names}`;
    return [new ForgeError('FORGE-W006', { what, where: { file: unit.node.manifest.file } })];
  });
}

function rehearsedDigests(root: string): ReadonlySet<string> {
  const files = listDirectory(join(root, directory)).filter((name) => name.endsWith('.json'));
  const receipts = files.flatMap((name) => {
    const bytes = readIfPresent(join(root, directory, name));
    return bytes ? [JSON.parse(Buffer.from(bytes).toString()) as RehearsalReceipt] : [];
  });
  const packages = receipts
    .filter(({ formatVersion }) => formatVersion === 1)
    .flatMap((receipt) => receipt.packages);
  return new Set(packages.flatMap(({ artifacts }) => artifacts.map(({ sha256 }) => sha256)));
}
