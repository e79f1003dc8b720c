import type { CliCommand } from './command';
import { runWithdrawal, withdrawalOptions } from './withdrawal';

export const unyankCommand: CliCommand = {
  usage: `Usage: forge-release unyank [[ECOSYSTEM:]NAME@VERSION…] [options]

Brings back what was taken back, where the registry can. Without names, everything that \`yank\` took back last.
${withdrawalOptions}`,
  run: (argv, from, streams) => runWithdrawal('unyank', argv, from, streams),
};
