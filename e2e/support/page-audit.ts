/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** What somebody who reads with the ears, with a keyboard or with tired eyes would stumble over; none is an empty list. */
export async function auditPage(page: Page): Promise<readonly string[]> {
  const structure = await page.evaluate(structureProblems);
  const contrast = await page.evaluate(contrastProblems);
  return [...structure, ...contrast];
}

/** What has the focus: the tag with its id, else with its text. */
export function focusOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { tagName = '', id = '', textContent = '' } = document.activeElement ?? {};
    return `${tagName.toLowerCase()}${id === '' ? ` ${textContent}` : `#${id}`}`;
  });
}

/** Runs in the browser. */
function structureProblems(): string[] {
  const problems: string[] = [];
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  if (document.documentElement.lang === '') problems.push('no language');
  if (document.title === '') problems.push('no title');
  for (const one of ['main', 'h1', 'body > header', 'body > footer'])
    if (all(one).length !== 1) problems.push(`${all(one).length} of ${one}`);
  let before = 0;
  for (const heading of all('h1, h2, h3, h4')) {
    const level = Number(heading.tagName.slice(1));
    if (level > before + 1) problems.push(`a heading skips a level: ${heading.textContent}`);
    before = level;
  }
  const ids = all('[id]').map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`twice: #${id}`);
  for (const field of all('input:not([type=hidden]), select, textarea'))
    if (!(field as HTMLInputElement).labels?.length) problems.push(`no label: ${field.outerHTML}`);
  for (const named of all('a, button, summary'))
    if (named.textContent?.trim() === '') problems.push(`no name: ${named.outerHTML}`);
  for (const nav of all('nav, section, aside'))
    if (!nav.hasAttribute('aria-label') && !nav.hasAttribute('aria-labelledby'))
      problems.push(`no name: <${nav.tagName}>`);
  for (const scroller of all('pre, .scroll'))
    if (scroller.tabIndex < 0) problems.push('a part scrolls that no key reaches');
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) problems.push(`${scrollWidth - clientWidth}px too wide`);
  return problems;
}

/** Runs in the browser: every text against what is behind it, by WCAG 2, 4.5 to 1 and for large ones 3 to 1. */
function contrastProblems(): string[] {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return ['no canvas'];
  const paint = (colours: readonly string[]): number => {
    for (const colour of colours) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
    const linear = (value: number) =>
      value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const found = new Set<string>();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!element || text.textContent?.trim() === '' || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const backs: string[] = [];
    for (let at: Element | null = element; at; at = at.parentElement)
      backs.unshift(getComputedStyle(at).backgroundColor);
    const [back, front] = [paint(['white', ...backs]), paint([style.color])];
    const ratio = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5))
      found.add(`${ratio.toFixed(2)} to 1: "${text.textContent?.trim()}" .${element.className}`);
  }
  return [...found];
}
