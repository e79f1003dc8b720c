import type { PackagedProject } from '../package/package-projects';
import type { PublishUnit } from '../plan/publish-unit';
import { terminalProgress } from './terminal-progress';

const unit = (name: string): PublishUnit =>
  ({
    node: { ecosystem: { id: 'toy' }, manifest: { name } },
    version: '1.1.0',
    artifacts: [],
  }) as unknown as PublishUnit;

/** The lines that a terminal shows after everything that was written. */
function screen(columns = 80) {
  const lines: string[] = [''];
  let now = 0;
  let tick = (): void => undefined;
  let ticking = true;
  const progress = terminalProgress({
    write(text) {
      // eslint-disable-next-line no-control-regex
      for (const [part, up] of text.matchAll(/\x1b\[(\d+)F\x1b\[0J|\n|[^\n\x1b]+/g))
        if (up !== undefined) lines.splice(lines.length - 1 - Number(up), Infinity, '');
        else if (part === '\n') lines.push('');
        else lines[lines.length - 1] += part;
    },
    columns: () => columns,
    now: () => now,
    every(_, each) {
      tick = each;
      return () => {
        ticking = false;
      };
    },
  });
  const pass = (milliseconds: number): void => {
    now += milliseconds;
    tick();
  };
  return { progress, pass, shown: () => lines.slice(0, -1), isTicking: () => ticking };
}

it('shows what is waiting, uploading and not visible yet, below what is done', () => {
  const { progress, pass, shown } = screen();
  progress.expect(['toy:a@1.1.0', 'toy:b@1.1.0', 'toy:c@1.1.0']);
  progress.stage('publish');
  progress.uploading(unit('a'));
  progress.uploading(unit('b'));
  pass(2500);
  expect(shown()).toEqual([
    ...['', 'publish'],
    ...['  toy:a@1.1.0  uploading 3 s', '  toy:b@1.1.0  uploading 3 s', '  1 waiting'],
  ]);
  progress.waiting(unit('a'));
  progress.result(unit('b'), { kind: 'published' });
  pass(1000);
  expect(shown()).toEqual([
    ...['', 'publish', 'published      toy:b@1.1.0'],
    ...['  toy:a@1.1.0  uploaded, not visible yet 1 s', '  1 waiting'],
  ]);
});

it('shows how long a limit keeps something back', () => {
  const { progress, pass, shown } = screen();
  progress.paused(unit('a'), 30_000, 'the registry asks for it');
  pass(10_000);
  expect(shown()).toEqual(['  toy:a@1.1.0  goes on in 20 s: the registry asks for it']);
});

it('shows some of many, in lines that do not wrap', () => {
  const { progress, shown } = screen(20);
  for (let at = 0; at < 10; at += 1) progress.building(`project-${at}`);
  expect(shown()).toHaveLength(9);
  expect(shown().at(-1)).toBe('  2 more under way');
  expect(shown()[0]).toBe('  project-0  buildi');
  progress.built({
    project: { name: 'project-0' },
    packed: [],
    problems: [],
  } as unknown as PackagedProject);
});

it('leaves only what is done when it ends', () => {
  const { progress, shown, isTicking } = screen();
  progress.note('tagged a@1.1.0');
  progress.uploading(unit('a'));
  progress.end();
  expect(shown()).toEqual(['tagged a@1.1.0']);
  expect(isTicking()).toBe(false);
});
