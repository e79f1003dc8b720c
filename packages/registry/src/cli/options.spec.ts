import { parseOptions } from './options';

it('serves on a port of its own by default', () => {
  expect(parseOptions([])).toEqual({ command: 'serve', port: 4874 });
  expect(parseOptions(['serve', '--port', '0', '--memory'])).toEqual({
    command: 'serve',
    port: 0,
    memory: true,
  });
});

it.each([
  [['publish'], '`publish` is not a command'],
  [['serve', 'twice'], '`serve twice` is not a command'],
  [['--port', '-1'], 'argument is ambiguous'],
  [['--port', '70000'], '`70000` is not a port'],
  [['--memory', '--data', 'x'], 'exclude each other'],
  [['--sead'], "Unknown option '--sead'"],
])('refuses %j', (argv, reason) => {
  expect(() => parseOptions(argv)).toThrow(expect.objectContaining({ code: 'FORGE-C001' }));
  expect(() => parseOptions(argv)).toThrow(reason);
});
