import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startKeptRegistry } from './kept-registry';
import { startPublishers } from './publishers';
import { lookAt } from './whole';

export interface Ordeal {
  readonly publishers: number;
  /** How often the server is killed. */
  readonly points: number;
  /** Milliseconds of load, over all points. */
  readonly loadMs: number;
  /** Further variables of the server: a database. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onPoint?: (line: string) => void;
}

export interface Survived {
  readonly acknowledged: number;
  readonly listed: number;
  readonly lost: readonly string[];
  readonly halves: readonly string[];
  readonly complaints: readonly string[];
}

/**
 * Publishers at work while the server is killed with SIGKILL and started again over the same store. At each point what
 * arrived is looked at: every acknowledged version is there and whole, and nothing is there by halves.
 */
export async function killUnderLoad(ordeal: Ordeal): Promise<Survived> {
  const { publishers: count, points, loadMs, env = {}, onPoint = () => undefined } = ordeal;
  const directory = mkdtempSync(join(tmpdir(), 'forge-kill-'));
  const start = () => startKeptRegistry(directory, ['--data', join(directory, 'data')], env);
  const publishers = startPublishers(count);
  const lost = new Set<string>();
  const halves = new Set<string>();
  let listed = 0;
  let registry = await start();
  try {
    for (let point = 1; point <= points + 1; point += 1) {
      publishers.moveTo(registry.url);
      // Never the same moment of a publish twice.
      await pause((loadMs / points) * (0.6 + 0.8 * ((point * 0.618) % 1)));
      if (point > points) break;
      await registry.kill();
      const acknowledged = [...publishers.acknowledged];
      registry = await start();
      const looked = await lookAt(registry.url, acknowledged);
      for (const each of looked.lost) lost.add(each);
      for (const each of looked.halves) halves.add(each);
      listed = looked.listed;
      onPoint(`point ${point}: ${acknowledged.length} acknowledged, ${listed} listed`);
    }
    await publishers.stop();
    const end = await lookAt(registry.url, publishers.acknowledged);
    for (const each of end.lost) lost.add(each);
    const { acknowledged, complaints } = publishers;
    return {
      acknowledged: acknowledged.length,
      listed: end.listed,
      lost: [...lost],
      halves: [...halves, ...end.halves],
      complaints,
    };
  } finally {
    await publishers.stop();
    await registry.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
