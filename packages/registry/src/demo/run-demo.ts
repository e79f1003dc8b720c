import type { Ecosystem } from '@forge/ecosystems';
import { startRegistry, type RunningRegistry } from '../server';
import { makeToken, tokenUser } from '../store';
import { demoSteps, type DemoStep } from './steps';

/**
 * Publishes a draft on a server of its own, in memory, and shows the audit and the outbox of it. Answers whether
 * everything came as it should.
 */
export async function runDemo(
  ecosystems: readonly Ecosystem[],
  print: (line: string) => void,
): Promise<boolean> {
  const ecosystem = ecosystems.find(({ contents }) => contents.example);
  const example = ecosystem?.contents.example?.();
  if (!ecosystem || !example) throw new Error('no ecosystem has an example');
  const tokens = { alice: makeToken(), bob: makeToken() };
  const registry = await startRegistry({ ecosystems: [ecosystem], users: tokens });
  try {
    const ask = asker(registry, { ...tokens, [tokenUser]: registry.token });
    print(`${example.name} ${example.version} (${ecosystem.title}), by alice\n`);
    const results: boolean[] = [];
    for (const [index, step] of demoSteps(ecosystem, example).entries())
      results.push(await perform(step, index + 1, ask, print));
    await showTrail(ask, `${ecosystem.id}:${example.name}`, print);
    const failed = results.filter((isRight) => !isRight).length;
    print(failed === 0 ? '\nEverything came as it should.' : `\n${failed} steps did not come so.`);
    return failed === 0;
  } finally {
    await registry.close();
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}
type Ask = (by: string, method: string, path: string, body?: DemoStep['body']) => Promise<Answer>;

function asker({ url }: RunningRegistry, tokens: Readonly<Record<string, string>>): Ask {
  return async (by, method, path, body) => {
    const sent = body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body);
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      ...(body === undefined ? {} : { body: sent }),
      headers: tokens[by] === undefined ? {} : { authorization: `Bearer ${tokens[by]}` },
    });
    return { status: response.status, body: await response.json() };
  };
}

async function perform(
  { title, by, method, path, body, expect }: DemoStep,
  number: number,
  ask: Ask,
  print: (line: string) => void,
): Promise<boolean> {
  const answer = await ask(by, method, path, body);
  const { code, message } = answer.body as { readonly code?: string; readonly message?: string };
  const isRight = answer.status === expect[0] && (expect[1] === undefined || code === expect[1]);
  print(`${String(number).padStart(2)}. ${title}`);
  print(`    ${by}: ${method} /api/v1${path}`);
  print(`    ${answer.status}${message === undefined ? '' : ` ${message}`}`);
  if (!isRight) print(`    expected ${expect.join(' ')}`);
  return isRight;
}

interface Trail {
  readonly entries: readonly {
    readonly actor: string;
    readonly action: string;
    readonly subject: string;
  }[];
  readonly events: readonly {
    readonly event: string;
    readonly aggregate: string;
    readonly deliveredAt: string | null;
  }[];
}

async function showTrail(ask: Ask, name: string, print: (line: string) => void): Promise<void> {
  const audit = (await ask(tokenUser, 'GET', `/audit?package=${encodeURIComponent(name)}`))
    .body as Trail;
  print('\nAudit: what was tried');
  for (const { actor, action, subject } of audit.entries)
    print(`    ${actor.padEnd(11)} ${action.padEnd(18)} ${subject}`);
  const outbox = (await ask(tokenUser, 'GET', '/events')).body as Trail;
  print('\nOutbox: what others are told of');
  for (const { event, aggregate, deliveredAt } of outbox.events)
    print(`    ${event} ${aggregate}, ${deliveredAt === null ? 'pending' : 'delivered'}`);
}
