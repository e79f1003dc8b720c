/**
 * A minute of `npm install`, `cargo fetch`, `pip download` and `bundle install` in parallel, each from nothing, beside
 * publishes of the same packages. Exit code 0 only if nothing fails. `npx tsx tools/registry-installs/main.ts [SECONDS]`,
 * after `npx tsc -b`.
 */
import { installUnderLoad } from '../../e2e/support/load/install-under-load';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main([seconds = '60']: readonly string[]): Promise<number> {
  const { installs, published, failures } = await installUnderLoad(Number(seconds) * 1000);
  for (const each of failures) say(`failed: ${each}`);
  const counts = Object.entries(installs).map(([tool, count]) => `${count} × ${tool}`);
  say(
    `${seconds} s: ${counts.join(', ')}, beside ${published} publishes; ${failures.length} failures`,
  );
  return failures.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
