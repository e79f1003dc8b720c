import type { Cause } from '../plan/causes';

/** Nx's own names of why it asks for a version (23.1 to 24.0), in our words. */
export function causeOf(
  reason: string,
  input: string,
  data: Readonly<Record<string, unknown>>,
  group: string,
): Cause {
  switch (reason) {
    case 'DEPENDENCY_WAS_BUMPED':
    case 'DEPENDENCY_ACROSS_GROUPS_WAS_BUMPED':
      return { kind: 'dependency' };
    case 'OTHER_PROJECT_IN_FIXED_GROUP_WAS_BUMPED_DUE_TO_DEPENDENCY':
      return { kind: 'member', group };
    case 'CONVENTIONAL_COMMITS':
      return { kind: 'asked', text: `conventional commits say \`${input}\`` };
    case 'VERSION_PLANS':
      return { kind: 'asked', text: `version plan \`${planOf(data)}\` says \`${input}\`` };
    case 'PROMPTED_USER_SPECIFIER':
      return { kind: 'asked', text: `the prompted specifier \`${input}\`` };
    default:
      return { kind: 'asked', text: `the given specifier \`${input}\`` };
  }
}

/** True where somebody said it for the whole run, so that no group can be without a change. */
export function isGiven(reason: string): boolean {
  return reason === 'USER_SPECIFIER' || reason === 'PROMPTED_USER_SPECIFIER';
}

function planOf({ versionPlanPath }: Readonly<Record<string, unknown>>): string {
  return typeof versionPlanPath === 'string' ? versionPlanPath : 'without a path';
}
