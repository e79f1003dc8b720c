import { ForgeError, type ToolNeed } from '@forge/ecosystems';
import { findProgram } from '../effects/programs';
import type { PackageNode } from '../graph/model';

/** FORGE-A001 for each need that no program on PATH meets, naming the packages that have it. */
export function missingTools(
  needs: readonly ToolNeed[],
  nodes: readonly PackageNode[],
  find: (program: string) => string | undefined = findProgram,
): readonly ForgeError[] {
  return needs
    .filter(({ anyOf }) => !anyOf.some((program) => find(program)))
    .map(
      ({ name, anyOf, hint }) =>
        new ForgeError('FORGE-A001', {
          what: `${name} is not on PATH (looked for ${anyOf.map((each) => `\`${each}\``).join(', ')}); needed by ${nodes.map(({ manifest }) => `\`${manifest.name}\``).join(', ')}`,
          fix: hint,
        }),
    );
}

/** Absolute paths of all programs that are there, by name. */
export function programsFor(
  needs: readonly ToolNeed[],
  find: (program: string) => string | undefined,
): Readonly<Record<string, string>> {
  const found = needs
    .flatMap(({ anyOf }) => anyOf)
    .flatMap((program) => {
      const path = find(program);
      return path === undefined ? [] : [[program, path] as const];
    });
  return Object.fromEntries(found);
}
