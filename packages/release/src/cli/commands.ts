import type { CliCommand } from './command';

/** By name, in the order of the help text. Each is loaded when it is called: not all of them need Nx. */
export const commands: Readonly<Record<string, () => CliCommand>> = {
  run: () => (require('./run') as typeof import('./run')).runCommand,
  resume: () => (require('./resume') as typeof import('./resume')).resumeCommand,
  rollback: () => (require('./rollback') as typeof import('./rollback')).rollbackCommand,
  status: () => (require('./status') as typeof import('./status')).statusCommand,
  plan: () => (require('./plan') as typeof import('./plan')).planCommand,
  doctor: () => (require('./doctor') as typeof import('./doctor')).doctorCommand,
  inspect: () =>
    (require('./manifest-commands') as typeof import('./manifest-commands')).inspectCommand,
  edit: () => (require('./manifest-commands') as typeof import('./manifest-commands')).editCommand,
  rehearse: () => (require('./rehearse') as typeof import('./rehearse')).rehearseCommand,
  yank: () => (require('./yank') as typeof import('./yank')).yankCommand,
  unyank: () => (require('./unyank') as typeof import('./unyank')).unyankCommand,
};

/** The usage of all commands. */
export function usage(): string {
  const texts = Object.values(commands).map((load) => load().usage);
  return `forge-release: one release for every registry\n\n${texts.join('\n')}`;
}
