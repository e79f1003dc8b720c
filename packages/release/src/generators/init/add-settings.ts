import type { Tree } from '@nx/devkit';
import { applyEdits, modify, parse, type JSONPath } from 'jsonc-parser';
import type { Setting } from './missing-settings';

/** Puts settings into a JSON file. Comments, order and formatting of everything else stay. */
export function addSettings(tree: Tree, file: string, settings: readonly Setting[]): void {
  if (settings.length === 0) return;
  const before = tree.read(file, 'utf8') ?? '{}\n';
  tree.write(file, settings.reduce(addSetting, before));
}

function addSetting(text: string, { path, value }: Setting): string {
  const isArrayInsertion = typeof path.at(-1) === 'number';
  const isNewArray = isArrayInsertion && valueAt(text, path.slice(0, -1)) === undefined;
  const edits = isNewArray
    ? modify(text, path.slice(0, -1), [value], formatting(text))
    : modify(text, [...path], value, { ...formatting(text), isArrayInsertion });
  return applyEdits(text, edits);
}

function valueAt(text: string, path: JSONPath): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    parse(text),
  );
}

function formatting(text: string): {
  formattingOptions: Record<string, string | number | boolean>;
} {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const insertSpaces = !indent.startsWith('\t');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { formattingOptions: { insertSpaces, tabSize: insertSpaces ? indent.length : 1, eol } };
}
