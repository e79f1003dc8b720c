import { describeOnPostgres } from './each-database';

jest.mock('./postgres-binaries', () => ({ postgresBinaries: () => undefined }));

const { describe: real } = globalThis;
const { CI } = process.env;
afterEach(() => {
  globalThis.describe = real;
  if (CI === undefined) delete process.env['CI'];
  else process.env['CI'] = CI;
});

/** What becomes of a suite on a machine without PostgreSQL. */
function declared(ci: string): readonly string[] {
  process.env['CI'] = ci;
  const titles: string[] = [];
  const note = (how: string) => (title: string) => void titles.push(`${how}: ${title}`);
  globalThis.describe = Object.assign(note('run'), { skip: note('skip') }) as never;
  describeOnPostgres(() => undefined);
  return titles;
}

test('fails without PostgreSQL where CI is set, and is skipped by name elsewhere', () => {
  expect(declared('true')).toEqual(['run: on PostgreSQL']);
  expect(declared('')).toEqual(['skip: on PostgreSQL (not installed)']);
});
