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

type Mutation = (text: string, random: () => number) => string;

const pick = (length: number, random: () => number): number => Math.floor(random() * length);

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

/** One change to a text, as an editor's slip or a broken merge makes it. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'a cut': (text, random) => text.slice(0, pick(text.length, random)),
  'a gap': (text, random) => {
    const at = pick(text.length, random);
    return text.slice(0, at) + text.slice(at + 1 + pick(20, random));
  },
  'an insertion': (text, random) => {
    const at = pick(text.length + 1, random);
    return text.slice(0, at) + fragments[pick(fragments.length, random)] + text.slice(at);
  },
  'a repeated line': (text, random) => {
    const lines = text.split('\n');
    const at = pick(lines.length, random);
    return [...lines.slice(0, at + 1), ...lines.slice(at)].join('\n');
  },
  'two lines exchanged': (text, random) => {
    const lines = text.split('\n');
    const [a, b] = [pick(lines.length, random), pick(lines.length, random)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return lines.join('\n');
  },
  'a changed character': (text, random) => {
    const at = pick(text.length, random);
    return text.slice(0, at) + String.fromCodePoint(33 + pick(300, random)) + text.slice(at + 1);
  },
};
