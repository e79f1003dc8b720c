import { chromium, type Browser } from 'playwright-core';
import { findProgram } from '../../packages/release/src/effects/programs';

/** Debian's Chromium, without a window. As root, in containers, it runs without its sandbox only. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findProgram('chromium');
  if (executablePath === undefined) throw new Error('chromium is not on PATH');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
