import { join } from 'node:path';
import { runChecks } from './run-checks';

const results = runChecks(join(__dirname, '../..'));
for (const { title, findings } of results) {
  process.stdout.write(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${title}\n`);
  for (const finding of findings) process.stdout.write(`     ${finding}\n`);
}
process.exitCode = results.some(({ findings }) => findings.length > 0) ? 1 : 0;
