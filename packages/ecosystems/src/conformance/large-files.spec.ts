import { readerOf, sourceOf } from '../testing';
import { subjects } from '../testing/subjects';

const mebibyte = 2 ** 20;
/** Microseconds of a processor. */
const limit = 2_000_000;

/** What makes careless parsers slow or deep: nesting, open strings, long runs, many lines. */
const fillings: Readonly<Record<string, string>> = {
  'open brackets': '[',
  'open braces': '{',
  'open parentheses': '(',
  quotes: '"',
  'escaped quotes': '\\"',
  blanks: ' ',
  'empty lines': '\n',
  'half a table': '[a.b]\nc = [\n',
  'long words': 'a-b_c.d',
  comments: '# a\n-- b\n// c\n',
  tuples: '{:a, "~> 1.0"},\n',
};

/** No figures of speed: a hang is what this is about. */
describe.each(subjects)('a manifest of $id of 1 MiB', ({ ecosystem, kit: { manifest: kit } }) => {
  const text = kit.files[kit.file] ?? '';

  it.each(Object.entries(fillings))(
    'of %s is read and planned, or refused, in two seconds',
    (_, filling) => {
      const end = filling.repeat(Math.ceil(mebibyte / filling.length));
      const source = sourceOf(kit.file, `${text}${end}`, ecosystem.toleratesLatin1);
      // Of this process alone: whatever else the machine does must not count.
      const before = process.cpuUsage();
      const reader = readerOf({ ...kit.files, [kit.file]: source.bytes });
      ecosystem.format.read(source, reader);
      ecosystem.format.plan(source, kit.change, reader);
      ecosystem.format.locate(source, reader);
      const { user, system } = process.cpuUsage(before);
      expect(user + system).toBeLessThan(limit);
    },
  );
});
