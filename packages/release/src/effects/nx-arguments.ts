const switches =
  /^(?:-d|-y|--(?:no-)?(?:dry-?run|yes|verbose|first-?release|skip-?publish|stage-?changes|git-?(?:commit|tag|push)))(?:=|$)/i;

/**
 * The version or kind of bump that was given to `nx release` or `nx release version` on the command line of this
 * process. Nx hands it to nobody before it has dropped what it does not like.
 */
export function givenSpecifier(
  argv: readonly string[] = process.argv.slice(2),
): string | undefined {
  const start = argv.indexOf('release');
  if (start < 0) return undefined;
  const rest = argv.slice(start + 1);
  const words = rest.filter((word, index) => isWord(word, rest[index - 1]));
  const [first, second] = words;
  const named = rest.flatMap((word, index) => {
    if (word === '--specifier') return rest[index + 1] ?? [];
    return word.startsWith('--specifier=') ? word.slice('--specifier='.length) : [];
  });
  if (named[0] !== undefined) return named[0];
  if (first === 'version') return second;
  return first === 'publish' || first === 'changelog' || first === 'plan' ? undefined : first;
}

/** What `nx release` goes on to when it has versioned. */
export interface ReleaseIntent {
  readonly dryRun: boolean;
  /** True when nobody is to be asked. */
  readonly yes: boolean;
}

const subcommands: ReadonlySet<string> = new Set([
  'version',
  'changelog',
  'publish',
  'plan',
  'plan:check',
]);

/**
 * Undefined where this process does not publish after it has versioned: `nx release version`, `--skip-publish`, and
 * every command but `nx release`. Nx tells its `VersionActions` nothing of that.
 */
export function releaseIntent(
  argv: readonly string[] = process.argv.slice(2),
): ReleaseIntent | undefined {
  const [command, next = ''] = argv.filter((word, index) => isWord(word, argv[index - 1]));
  if (command !== 'release' || subcommands.has(next)) return undefined;
  const isOn = (names: RegExp): boolean => argv.some((word) => names.test(word));
  if (isOn(/^--skip-?publish(?:=true)?$/i)) return undefined;
  return {
    dryRun: isOn(/^(?:-d|--dry-?run)(?:=true)?$/i),
    yes: isOn(/^(?:-y|--yes)(?:=true)?$/),
  };
}

/**
 * What people would call the command of this process, where that is one of Nx that versions for good: `nx release
 * patch`. A dry run changes nothing, and neither does what only plans.
 */
export function versioningCommand(
  argv: readonly string[] = process.argv.slice(2),
): string | undefined {
  const [command, next = ''] = argv.filter((word, index) => isWord(word, argv[index - 1]));
  if (command !== 'release' || (subcommands.has(next) && next !== 'version')) return undefined;
  const isDry = argv.some((word) => /^(?:-d|--dry-?run)(?:=true)?$/i.test(word));
  return isDry ? undefined : `nx ${argv.join(' ')}`;
}

/** Neither an option nor the value of one. */
function isWord(word: string, before: string | undefined): boolean {
  if (word.startsWith('-')) return false;
  return !before?.startsWith('-') || before.includes('=') || switches.test(before);
}
