import { readerOf, sourceOf, type Files } from '../../testing';
import { hex } from '.';
import { parseTerms } from './erlang';

/** Milliseconds of the processor, which a busy machine does not lengthen. */
const limit = 2000;
const change = {
  version: '1.3.0',
  requirements: [{ name: 'core', version: '2.0.0', policy: 'violated' as const }],
};

function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join('');
}

function mix(deps: string, rest = ''): string {
  return `defmodule A.MixProject do
  use Mix.Project
  ${rest}
  def project, do: [app: :a, version: "1.2.0", deps: deps()]
  defp deps do
    ${deps}
  end
end
`;
}

/** Code of the first problem, or nothing. Planning begins as reading and locating do. */
function ask(text: string, others: Files = {}): string | undefined {
  const source = sourceOf('mix.exs', text);
  const planned = hex.format.plan(source, change, readerOf({ ...others, 'mix.exs': text }));
  return planned.ok ? undefined : planned.problems[0]?.code;
}

const consulting = mix('[]').replace('"1.2.0"', 'vsn(:file.consult("src/a.app.src"))');
const depth = 100_000;

describe('what is nested 100,000 deep is a problem, not the end of the stack', () => {
  it.each([
    ['lists', '[', ']'],
    ['tuples', '{', '}'],
    ['parentheses', '(', ')'],
    ['calls', 'f(', ')'],
    ['binaries', '<<', '>>'],
    ['maps', '%{a: ', '}'],
    ['functions', 'fn -> ', ' end'],
    ['blocks', 'do ', ' end '],
    ['conditions', 'if a do ', ' end'],
    ['interpolations', '"#{', '}"'],
    ['accesses', 'a[', ']'],
    ['sums', '[{:core, "~> 1.2"}] ++ ', ''],
    ['negations', 'not ', ''],
    ['attributes', '@', ''],
    ['calls without parentheses', 'a ', ''],
  ])('%s', (_, open, close) => {
    expect(ask(mix(`${open.repeat(depth)}[]${close.repeat(depth)}`))).toBe('FORGE-M002');
  });

  it.each(['[', '{', '#{a => ', '{vsn, '])('terms in `%s`', (open) => {
    expect(ask(consulting, { 'src/a.app.src': open.repeat(depth) })).toBe('FORGE-M002');
    expect(parseTerms(open.repeat(depth))).toBeUndefined();
  });
});

describe('a manifest of 1 MiB is planned in two seconds', () => {
  it.each<[string, string, string | undefined, Files?]>([
    ['a sum from the left', mix(`[] ${'+ []'.repeat(250_000)}`), undefined],
    ['a chain of fields', mix(`a${'.a'.repeat(500_000)}`), undefined],
    [
      'names that stand for each other twice',
      mix(
        'f0()',
        times(20_000, (at) => `defp f${at}, do: f${at + 1}() ++ f${at + 1}()\n`),
      ),
      undefined,
    ],
    [
      'texts that name each other twice',
      mix(
        '[{:core, s0()}]',
        times(20_000, (at) => `defp s${at}, do: "#{s${at + 1}()}#{s${at + 1}()}"\n`),
      ),
      'FORGE-M008',
    ],
    [
      'an attribute for each dependency',
      mix(
        `[${times(10_000, (at) => `{:core, @a${at}},\n`)}]`,
        times(10_000, (at) => `@a${at} "~> 1.2"\n`),
      ),
      undefined,
    ],
    [
      'long options that all dependencies share',
      mix(
        `[${times(20_000, (at) => `{:d${at}, "~> 1.2", @o},\n`)}]`,
        `@o [${times(40_000, (at) => `o${at}: 1, `)}z: 1]`,
      ),
      undefined,
    ],
    [
      'requirements that cannot be edited',
      mix(`[${'{:core, r(1)},\n'.repeat(20_000)}]`),
      'FORGE-M008',
    ],
    [
      'characters of several bytes',
      mix(`[${'{:core, "~> 1.2"}, # é🦀\n'.repeat(20_000)}]`),
      undefined,
    ],
    [
      'comments of Erlang',
      consulting,
      undefined,
      { 'src/a.app.src': `${'% a\n'.repeat(250_000)}{application, a, [{vsn, "1.2.0"}]}.\n` },
    ],
    [
      'a string of Erlang',
      consulting,
      'FORGE-M002',
      { 'src/a.app.src': `"${'a'.repeat(2 ** 20)}` },
    ],
  ])('of %s', (_, text, code, others = {}) => {
    const started = process.cpuUsage();
    expect(ask(text, others)).toBe(code);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(limit);
  });
});
