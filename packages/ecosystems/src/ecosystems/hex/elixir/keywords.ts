import { elements, resolve, type Scope } from './resolve';
import type { Expression, TextForm } from './syntax';

/** Forms whose characters are those of the text. */
export const readable: ReadonlySet<TextForm> = new Set(['plain', 'sigil', 'charlist']);

/** What a key of a keyword list is set to. */
export interface Setting {
  readonly value: Expression;
  readonly scope: Scope;
}

/** Keys of a keyword list with what they are set to; of a key that stands twice the first counts, as in Elixir. */
export function settingsOf(expression: Expression, scope: Scope): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
  for (const { expression: item, scope: within } of elements(expression, scope))
    if (item.kind === 'pair' && !found.has(item.key))
      found.set(item.key, { value: item.value, scope: within });
  return found;
}

/** The characters of a literal atom or text. */
export function nameOf(setting: Setting | undefined): string | undefined {
  if (!setting) return undefined;
  const { expression } = resolve(setting.value, setting.scope);
  if (expression.kind === 'atom') return expression.value === 'nil' ? undefined : expression.value;
  return expression.kind === 'text' && readable.has(expression.form) ? expression.value : undefined;
}
