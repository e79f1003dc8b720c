import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';

export interface Agreement {
  /** Said on the command line. */
  readonly yes: boolean;
  /** Undefined where nobody can be asked. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
}

/** FORGE-L011 */
export async function agree(count: number, { yes, ask }: Agreement): Promise<Result<void>> {
  const packages = `${count} package${count === 1 ? '' : 's'}`;
  if (yes || (await ask?.(`Publish ${packages}? This cannot be undone.`))) return ok(undefined);
  return fail(new ForgeError('FORGE-L011', { what: `nobody has agreed to publish ${packages}` }));
}
