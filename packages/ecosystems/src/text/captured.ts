/** What the first group of each pattern captures in a text, every time that it matches; each once. */
export function captured(text: string, patterns: readonly RegExp[]): string[] {
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)]);
  return [...new Set(found.map(([, group = '']) => group))];
}
