import { releaseArguments } from './release-arguments';
import { rehearseCommand } from './rehearse';
import { runCommand } from './run';

const parsed = (...argv: string[]) => releaseArguments(['--root', '/w', ...argv], '/');

describe('arguments of a release', () => {
  it('say whom its rehearsal may ask for packages of others', () => {
    expect(parsed('--rehearse').wishes).toEqual({ asked: {}, rehearse: true });
    expect(parsed('--rehearse', '--network').wishes.rehearseWith).toEqual({
      network: true,
      upstreams: [],
    });
    const others = ['--upstream', 'a=http://127.0.0.1:1', '--upstream', 'b=http://127.0.0.1:2'];
    expect(parsed('--rehearse', ...others).wishes.rehearseWith).toEqual({
      network: false,
      upstreams: ['a=http://127.0.0.1:1', 'b=http://127.0.0.1:2'],
    });
  });

  it.each([['--network'], ['--upstream', 'a=http://127.0.0.1:1']])(
    'allow nobody to be asked without a rehearsal (FORGE-C001): %s',
    (...argv) => {
      expect(() => parsed(...argv)).toThrow('`--network` and `--upstream` are for `--rehearse`');
    },
  );
});

it('promises that nothing leaves this machine only where that is so', () => {
  const { usage } = rehearseCommand;
  expect(usage).toContain('without --network and --upstream nothing leaves this\nmachine at all');
  expect(usage).not.toMatch(/^[^;]*nothing leaves this machine\./im);
  for (const option of ['--network', '--upstream'])
    expect([usage, runCommand.usage].every((text) => text.includes(option))).toBe(true);
});
