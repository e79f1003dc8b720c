/** A generator of numbers in [0, 1), the same for the same seed: mulberry32, after Tommy Ettinger. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Changes a text at an offset, which may be its end. */
type Mutation = (text: string, at: number, random: () => number) => string;

const pick = (length: number, random: () => number): number => Math.floor(random() * length);

/** How far from a place a change still has to do with it: the quotes, the key, the line before. */
const reach = 24;

/** An offset into a text: anywhere, or close to one of the offsets that matter. */
export function offsetIn(text: string, random: () => number, near: readonly number[] = []): number {
  const place = near[pick(near.length, random)];
  if (place === undefined) return pick(text.length + 1, random);
  const at = place - reach + pick(2 * reach, random);
  return Math.min(Math.max(at, 0), text.length);
}

/** What parsers trip over: brackets, quotes, escapes, comments, line ends, what is no ASCII. */
const fragments = [
  ...[
    '"',
    "'",
    '"""',
    "'''",
    '\\',
    '\\"',
    '`',
    '#',
    '--',
    '//',
    '{',
    '}',
    '[',
    ']',
    '[[',
    '(',
    ')',
  ],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    ' ',
    '\u00a0',
    '\ufeff',
    '\u2028',
    'é',
    '🦀',
    '\u0000',
    '%{',
    '#{',
    '<<~X',
  ],
  ...[
    ',',
    '=',
    ':',
    '|',
    '||',
    '&&',
    '>=',
    '^',
    '~> 1',
    '9'.repeat(40),
    'end',
    'do',
    'workspace = true',
  ],
];

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length - 1;
}

/** One change to a text, as an editor's slip or a broken merge makes it. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'a cut': (text, at) => text.slice(0, at),
  'a gap': (text, at, random) => text.slice(0, at) + text.slice(at + 1 + pick(20, random)),
  'an insertion': (text, at, random) =>
    text.slice(0, at) + fragments[pick(fragments.length, random)] + text.slice(at),
  'a repeated line': (text, at) => {
    const lines = text.split('\n');
    const line = lineAt(text, at);
    return [...lines.slice(0, line + 1), ...lines.slice(line)].join('\n');
  },
  'two lines exchanged': (text, at, random) => {
    const lines = text.split('\n');
    const [a, b] = [lineAt(text, at), pick(lines.length, random)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return lines.join('\n');
  },
  'a changed character': (text, at, random) =>
    text.slice(0, at) + String.fromCodePoint(33 + pick(300, random)) + text.slice(at + 1),
};
