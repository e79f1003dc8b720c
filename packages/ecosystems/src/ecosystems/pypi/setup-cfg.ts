import type { FoundText } from './python-module';

/**
 * A value of a `setup.cfg` as Python's configparser reads it: keys without regard to case, `=` or `:`, whole-line
 * comments only. Of a value over several lines, the first line that says something.
 */
export function configValue(text: string, section: string, key: string): FoundText | undefined {
  let current = '';
  let isOpen = false;
  for (const { line, start } of lines(text)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const content = line.trimEnd();
    const isContinued = /^\s/.test(line);
    if (isContinued && isOpen) return trimmed(content, start, 0);
    if (isContinued) continue;
    if (isOpen) return undefined;
    const header = /^\[([^\]]*)\]/.exec(content);
    if (header) current = header[1] ?? '';
    const separator = header ? -1 : content.search(/[=:]/);
    if (separator < 0 || current !== section) continue;
    if (content.slice(0, separator).trim().toLowerCase() !== key) continue;
    if (content.slice(separator + 1).trim() !== '') return trimmed(content, start, separator + 1);
    isOpen = true;
  }
  return undefined;
}

function trimmed(content: string, lineStart: number, from: number): FoundText {
  const value = content.slice(from).trim();
  const start = lineStart + content.length - content.slice(from).trimStart().length;
  return { value, start, end: start + value.length };
}

function* lines(text: string): Generator<{ readonly line: string; readonly start: number }> {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    yield { line: text.slice(start, end).replace(/\r$/, ''), start };
    start = end + 1;
  }
}
