import ts from 'typescript';
import type { SourceFile } from './sources';

const bars = {
  file: { median: 80, percentile95: 220, most: 350 },
  function: { median: 12, most: 60 },
} as const;

/** The size bars of docs/ARCHITECTURE.md, over all code that is not a test. */
export function checkSizes(sources: readonly SourceFile[]): string[] {
  const code = sources.filter(({ isTest }) => !isTest);
  const files = code.map(({ path, text }) => ({ name: path, lines: text.split('\n').length - 1 }));
  const functions = code.flatMap(functionsOf);
  return [
    ...over('files', 'median', quantile(files, 0.5), bars.file.median),
    ...over('files', '95th percentile', quantile(files, 0.95), bars.file.percentile95),
    ...tooLong(files, bars.file.most),
    ...over('functions', 'median', quantile(functions, 0.5), bars.function.median),
    ...tooLong(functions, bars.function.most),
  ];
}

interface Measured {
  readonly name: string;
  readonly lines: number;
}

function functionsOf({ path, text }: SourceFile): Measured[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Measured[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const from = file.getLineAndCharacterOfPosition(node.getStart()).line;
      const to = file.getLineAndCharacterOfPosition(node.getEnd()).line;
      found.push({ name: `${path}:${from + 1}`, lines: to - from + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function quantile(measured: readonly Measured[], share: number): number {
  const sorted = measured.map(({ lines }) => lines).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

function over(what: string, which: string, value: number, bar: number): string[] {
  return value > bar ? [`the ${which} of ${what} is ${value} lines, the bar is ${bar}`] : [];
}

function tooLong(measured: readonly Measured[], most: number): string[] {
  return measured
    .filter(({ lines }) => lines > most)
    .map(({ name, lines }) => `${name} has ${lines} lines, the bar is ${most}`);
}
