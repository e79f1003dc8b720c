import { ecosystems } from '../../../packages/ecosystems/src';
import { startRegistry, type RunningRegistry } from '../../../packages/registry/src/server';
import type { BrowserContext } from 'playwright-core';
import { archives, type Said } from './archives';

/** A registry in which a team has worked for a while: packages of all six ecosystems, on a clock of its own. */
export interface Showcase extends RunningRegistry {
  /** As JSON, as somebody; the answer has to be a success. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<Record<string, unknown>>;
  publish(ecosystem: string, said: Said): Promise<void>;
  /** Lets a browser in as the administrator. */
  enter(context: BrowserContext): Promise<void>;
  /** Of `ada` and `grace`; `lin` has a password. */
  readonly tokens: Readonly<Record<string, string>>;
}

export const password = 'correct horse battery';

const minute = 60_000;
const day = 24 * 60 * minute;
const today = Date.UTC(2026, 5, 15, 14, 30);

export async function openShowcase(): Promise<Showcase> {
  let time = today - 40 * day;
  const tokens = { ada: 'token_of_ada_0123456789', grace: 'token_of_grace_0123456789' };
  const registry = await startRegistry({
    users: tokens,
    privateWebhooks: true,
    now: () => new Date(time),
  });
  const ask: Showcase['ask'] = async (method, path, body, token = registry.token) => {
    const response = await fetch(`${registry.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  for (const [from, by, releases] of story) {
    time = today - from * day;
    for (const [ecosystem, said] of releases) {
      time += minute;
      await publish(registry, tokens[by], ecosystem, said);
    }
  }
  time = today - 2 * day;
  const yanked = '/packages/npm/%40lumen%2Fnode/1.1.0/yank';
  await ask('PUT', yanked, { reason: 'Crashes on images without an alpha channel' }, tokens.ada);
  time = today;
  const lin = { username: 'lin', email: 'lin@example.org', password };
  await ask('POST', '/users', lin);
  return {
    ...registry,
    ask,
    tokens,
    publish: (ecosystem, said) => publish(registry, tokens.grace, ecosystem, said),
    enter: (context) => {
      const url = `${registry.url}/ui`;
      const cookie = { name: 'forge_session', value: registry.token, url, httpOnly: true };
      return context.addCookies([cookie]);
    },
  };
}

async function publish(
  { url }: RunningRegistry,
  token: string,
  id: string,
  said: Said,
): Promise<void> {
  const ecosystem = ecosystems.find((each) => each.id === id);
  const archive = archives[id]?.(said);
  if (!ecosystem || !archive) throw new Error(`nothing packs ${id}`);
  const request = ecosystem.contents.toRequest(archive.filename, archive.bytes);
  if (!request.ok) throw new Error(request.problems.map(({ what }) => what).join('; '));
  const { method, path, headers, body } = request.value;
  const response = await fetch(`${url}${ecosystem.prefix}${path}`, {
    method,
    headers: { ...headers, authorization: `Bearer ${token}` },
    body: new Uint8Array(body),
  });
  if (!response.ok) throw new Error(`${said.name}: ${response.status} ${await response.text()}`);
}

/** One release of everything, in the order of its dependencies. */
function lumen(version: string, pypi = version): readonly (readonly [string, Said])[] {
  const keywords = ['image', 'codec'];
  const range = `^${version}`;
  return [
    [
      'cargo',
      {
        name: 'lumen-pixel',
        version,
        summary: 'Pixel formats and colour spaces, without allocations',
        keywords,
      },
    ],
    [
      'cargo',
      {
        name: 'lumen-core',
        version,
        summary: 'Decodes, resizes and encodes images; the core of Lumen',
        keywords,
        needs: { 'lumen-pixel': version },
      },
    ],
    [
      'npm',
      {
        name: '@lumen/node',
        version,
        summary: 'Lumen for Node.js: fast image processing without a toolchain',
        keywords,
        needs: { '@lumen/wasm': range },
      },
    ],
    [
      'npm',
      { name: '@lumen/wasm', version, summary: 'Lumen for browsers, as WebAssembly', keywords },
    ],
    [
      'pypi',
      {
        name: 'lumen',
        version: pypi,
        summary: 'Images in and out, as NumPy arrays',
        keywords,
        needs: { numpy: '>=1.26' },
      },
    ],
    [
      'hex',
      {
        name: 'lumen',
        version,
        summary: 'Image processing for Elixir, on dirty schedulers',
        needs: { rustler: '~> 0.34' },
      },
    ],
    [
      'hackage',
      {
        name: 'lumen-image',
        version,
        summary: 'Lazy images with honest types',
        keywords: ['Graphics'],
        needs: { vector: '>=0.13' },
      },
    ],
    [
      'rubygems',
      { name: 'lumen', version, summary: 'Image processing for Ruby, with native extensions' },
    ],
  ];
}

const only = (wanted: readonly string[], all: ReturnType<typeof lumen>) =>
  all.filter(([id]) => wanted.includes(id));

/** Days before today, who, and what in what order. */
const story: readonly (readonly [number, 'ada' | 'grace', readonly (readonly [string, Said])[]])[] =
  [
    [38, 'ada', lumen('1.0.0')],
    [
      31,
      'grace',
      [
        [
          'rubygems',
          { name: 'quillpad', version: '0.4.1', summary: 'A notebook that compiles to slides' },
        ],
        [
          'npm',
          {
            name: 'quillpad',
            version: '0.4.1',
            summary: 'The editor of Quillpad, as a component',
            keywords: ['editor'],
          },
        ],
      ],
    ],
    [20, 'ada', only(['cargo', 'npm'], lumen('1.1.0'))],
    [
      9,
      'grace',
      [
        [
          'hex',
          { name: 'tidewater', version: '3.2.0', summary: 'Backpressure for GenStage pipelines' },
        ],
        [
          'pypi',
          {
            name: 'tidewater',
            version: '3.2.0',
            summary: 'Reads Tidewater streams',
            keywords: ['streams'],
          },
        ],
        [
          'hackage',
          {
            name: 'tidewater',
            version: '3.2.0',
            summary: 'Streams with bounded memory',
            keywords: ['Streaming'],
          },
        ],
      ],
    ],
    [5, 'ada', only(['cargo'], lumen('2.0.0-rc.1'))],
    [0.14, 'ada', lumen('2.0.0')],
  ];
