import { ecosystems } from '@forge/ecosystems';
import { runDemo } from '../demo/run-demo';

/** Shows how a draft is published; needs nothing and leaves nothing. */
export async function demo(): Promise<number> {
  const isRight = await runDemo(ecosystems, (line) => {
    process.stdout.write(`${line}\n`);
  });
  return isRight ? 0 : 1;
}
