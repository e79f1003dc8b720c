import type { CliCommand } from './command';
import { runWithdrawal, withdrawalOptions } from './withdrawal';

export const yankCommand: CliCommand = {
  usage: `Usage: forge-release yank [[ECOSYSTEM:]NAME@VERSION…] [options]

Takes versions back: each registry's nearest to a yank, dependents first. Without names, everything that the last
release made live. The plan says what consumers will see, and until when each registry allows more than that.
  --reason TEXT              why, for those who read it in the registry
  --way NAME                 instead of the mildest way, this one where a registry has it (\`unpublish\`, \`revert\`)
${withdrawalOptions}`,
  run: (argv, from, streams) => runWithdrawal('yank', argv, from, streams),
};
