import { parseElixir } from './parse';
import { SyntaxProblem, type Expression } from './syntax';

/** Expressions as short text: enough to see how they nest. */
function show(each: Expression): string {
  switch (each.kind) {
    case 'text':
      return JSON.stringify(each.value);
    case 'atom':
      return `:${each.value}`;
    case 'alias':
      return each.value;
    case 'pair':
      return `${each.key}: ${show(each.value)}`;
    case 'list':
      return `[${each.items.map(show).join(', ')}]`;
    case 'tuple':
      return `{${each.items.map(show).join(', ')}}`;
    case 'attribute':
      return each.value ? `@${each.name} = ${show(each.value)}` : `@${each.name}`;
    case 'operation':
      return `(${show(each.left)} ${each.operator} ${show(each.right)})`;
    case 'call':
      return `${each.name}(${each.args.map(show).join(', ')})${each.sections
        .map((section) => ` do ${section.map(show).join('; ')}`)
        .join('')}`;
    case 'other':
      return '…';
  }
}

const parse = (text: string): string => parseElixir(text).map(show).join('; ');

it.each<[string, string]>([
  ['[a: 1, "b c": :d]', '[a: …, b c: :d]'],
  ['{:a, "x", only: :dev, b: 1}', '{:a, "x", [only: :dev, b: …]}'],
  ['f a, b: 1', 'f(a(), [b: …])'],
  ['f(a) |> M.g()', '(f(a()) |> M.g())'],
  ['a ++ b ++ c', '(a() ++ (b() ++ c()))'],
  ['a\n++ b', '(a() ++ b())'],
  ['a\n-b', 'a(); …'],
  ['x = if a, do: 1, else: 2', '(x() = if(a(), [do: …, else: …]))'],
  ['if f x do\n1\nelse\n:b\nend', 'if(f(x())) do … do :b'],
  ['case x do\n:a -> :b\n_ -> c\nend', 'case(x()) do (:a -> :b); (_() -> c())'],
  ['def f(a) when a in [1], do: a', 'def((f(a()) when (a() in […])), [do: a()])'],
  ['@v "1" # "2"\n@v', '@v = "1"; @v'],
  ['fn a, b when a > 1 -> a; c -> d end\n:x', '…; :x'],
  ['Enum.map(x, & &1.y)', 'Enum.map(x(), …)'],
  ['%{a: 1}\n%S{s | b: 2}\n<<1, 2>>\n?a\n?\\n', '…; …; …; …; …'],
  ['~w(a b)a', '"a b"'],
  ['~S"""\n"a" #{b\n"""', '"\\n\\"a\\" #{b\\n"'],
  ['"a#{"b" <> "}"}c"', '"a#{\\"b\\" <> \\"}\\"}c"'],
  ['"""\n  a "quoted" text\n"""', '"\\n  a \\"quoted\\" text\\n"'],
  ['System.get_env("A") || "b"', '(System.get_env("A") || "b")'],
  ['for {a, b} <- c, do: a', 'for(({a(), b()} <- c()), [do: a()])'],
  ['receive do\n{:a, b} -> b\nafter 5 -> :c\nend', 'receive() do ({:a, b()} -> b()) do (… -> :c)'],
  ['x not in y', '…'],
  ['[:+, :"a b", :a?, :==]', '[:+, :a b, :a?, :==]'],
])('%j', (text, expected) => {
  expect(parse(text)).toBe(expected);
});

it.each<[string, string, number]>([
  ['[1, 2', '`[` is never closed', 0],
  ['f(1]', '`(` is never closed', 1],
  ['def x do\n[1\nend', '`[` is never closed', 9],
  ['def x do', '`do` has no `end`', 6],
  ['end', '`end` closes nothing', 0],
  [')', '`)` closes nothing', 0],
  ['"a#{b', 'the text that `"` opens is never closed', 0],
  ['a $ b', '`$` is not expected here', 2],
  [`${'['.repeat(500)}`, 'the expression is nested too deeply', 200],
])('%j is refused: %s', (text, what, offset) => {
  expect(() => parseElixir(text)).toThrow(expect.objectContaining({ what, offset }));
  expect(() => parseElixir(text)).toThrow(SyntaxProblem);
});
