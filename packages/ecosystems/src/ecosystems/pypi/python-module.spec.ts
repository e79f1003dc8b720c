import { bindingOf } from './python-module';
import { findByPattern } from './version-pattern';

const valueOf = (text: string): string | undefined => {
  const binding = bindingOf(text, '__version__');
  return binding?.kind === 'literal' ? binding.text.value : binding?.kind;
};

describe('a name that a module binds', () => {
  it.each([
    ['__version__ = "1.2.0"', '1.2.0'],
    ["__version__ = u'1.2.0'; x = 1", '1.2.0'],
    ['__version__: Final[str] = "1.2.0"', '1.2.0'],
    ['VERSION = __version__ = "1.2.0"', '1.2.0'],
    ['__version__ = "1.2.0"\n__version__ = "9.9.9"', '1.2.0'],
    ['x = (\n__version__ = "9.9.9"\n)\n__version__ = "1.2.0"', '1.2.0'],
    ['x = "\\\n__version__ = \'9\'"\n__version__ = "1.2.0"', '1.2.0'],
    ["'''\n\\'''\n__version__ = '9'\n'''\n__version__ = \"1.2.0\"", '1.2.0'],
    ['__version__ = "1.2" + ".0"', 'computed'],
    ['__version__ = f"1.2.{n}"', 'computed'],
    ['__version__ = "1\\x2e2"', 'computed'],
    ['from .a import (b, c as __version__)', 'import'],
    ['__version__ == "1.2.0"', undefined],
    ['    __version__ = "1.2.0"', undefined],
    ['my__version__ = "1.2.0"', undefined],
    ['"""\n__version__ = "1.2.0"\n"""', undefined],
  ])('%j is %s', (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });

  it.each(['"', "'''", '(', '\\', '#', '__version__: ', '__version__ = " '])(
    'is looked for in time among a mebibyte of %j',
    (filling) => {
      const text = filling.repeat(2 ** 20 / filling.length);
      const started = process.cpuUsage();
      expect([undefined, 'computed']).toContain(valueOf(text));
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
    },
  );
});

describe('a pattern of hatch', () => {
  it.each([
    ['(?i)^VERSION *= *(?P<version>.+)$', 'x = 1\nversion = 1.2.0\n', '1.2.0'],
    ['^v(?P<version>[\\d.]+)', 'a v9\r\nv1.2.0\r\n', '1.2.0'],
    ['(?s)v(?P<version>.*)', 'v1.2.0', undefined],
    ['((?P<version>a+)+)+$', 'aaaa', undefined],
    ['v([\\d.]+)', 'v1.2.0', undefined],
    ['v(?P<version>[\\d.]+', 'v1.2.0', undefined],
  ])('%j finds in %j %s', (pattern, text, expected) => {
    const found = findByPattern(text, pattern);
    expect(found?.value).toBe(expected);
    expect(found && text.slice(found.start, found.end)).toBe(expected);
  });
});
