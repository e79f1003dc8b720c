import { detectPackageManager, getPackageManagerCommand, type PackageManager } from '@nx/devkit';
import type { WorkflowStep } from '@forge/ecosystems';

/** How the tools of the workspace itself, Nx and Forge, get onto a fresh machine and are run there. */
export interface PackageManagerSteps {
  readonly setup: readonly WorkflowStep[];
  /** Takes the versions of the lock file and changes nothing in it. */
  readonly install: string;
  /** Stands before the name of an installed program, and fetches none that is missing. */
  readonly exec: string;
}

/** Node 24 is the first whose own package client is new enough (11.5.1) for trusted publishing. */
const node: WorkflowStep = {
  name: 'Set up Node.js',
  uses: 'actions/setup-node@v6',
  with: { 'node-version': '24' },
};

/** Takes the version that `packageManager` in package.json names. */
const corepack: WorkflowStep = { name: 'Set up the package manager', run: 'corepack enable' };

const own: Partial<Record<PackageManager, WorkflowStep>> = {
  pnpm: corepack,
  yarn: corepack,
  bun: { name: 'Set up Bun', uses: 'oven-sh/setup-bun@v2' },
};

/** The package manager of the workspace at `root`, by its lock file. */
export function packageManagerSteps(root: string): PackageManagerSteps {
  const name = detectPackageManager(root);
  const { ciInstall = '', exec } = getPackageManagerCommand(name, root);
  const more = own[name];
  return {
    setup: more ? [node, more] : [node],
    install: ciInstall,
    exec: exec === 'npx' ? 'npx --no' : exec,
  };
}
