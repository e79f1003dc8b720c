import type { Page } from './page';
import { pages } from './pages';

export interface FoundPage {
  readonly page: Page;
  readonly params: Readonly<Record<string, string>>;
}

const table = pages.map((page) => ({ page, parts: page.path.split('/') }));

/** The page of a path below `/ui`, which is given in decoded segments. A HEAD is answered as a GET. */
export function findPage(method: string, segments: readonly string[]): FoundPage | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const { page, parts } of table) {
    const params = page.method === asked ? match(parts, segments) : undefined;
    if (params) return { page, params };
  }
  return undefined;
}

/** Whether there is a page for another method. */
export function isPath(segments: readonly string[]): boolean {
  return table.some(({ parts }) => match(parts, segments) !== undefined);
}

function match(
  parts: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (parts.length !== segments.length) return undefined;
  const params: [string, string][] = [];
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':') && segment !== '') params.push([part.slice(1), segment]);
    else if (part !== segment) return undefined;
  }
  return Object.fromEntries(params);
}
