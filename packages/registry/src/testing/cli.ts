import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a test of the command line has: a directory of its own, and all that was printed so far. */
export interface CliTest {
  readonly directory: string;
  output: string;
}

/** Prepares each test of a file. */
export function useCli(): CliTest {
  const test = { directory: '', output: '' };
  beforeEach(() => {
    test.directory = mkdtempSync(path.join(tmpdir(), 'forge-registry-'));
    test.output = '';
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((text) => {
        test.output += String(text);
        return true;
      });
    }
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(test.directory, { recursive: true });
  });
  return test;
}
