import { readNxJson, type Tree } from '@nx/devkit';
import { ForgeError, problemsError } from '@forge/ecosystems';
import { nxReleaseGroups, type NxReleaseSettings } from '../../configuration/nx-release-groups';
import { accessPorts } from '../../effects/access-ports';
import { openWorkspace } from '../../effects/open-workspace';
import { withDestinations } from '../../credentials/destinations';
import type { ReleaseSettings } from '../../run/nx-settings';
import { describeWorkflow } from './describe-workflow';
import { githubWorkflow, workflowFile } from './github/workflow';
import { packageManagerSteps } from './package-manager';
import { secretsFor } from './secrets';
import { triggerTags } from './trigger-tags';
import { showsReleases, versionSource } from './version-source';
import { toolSetup, type WorkflowFacts } from './workflow-facts';
import { workflowProblems } from './workflow-problems';

export interface CiWorkflowOptions {
  readonly ci?: 'github';
  readonly trigger?: 'dispatch' | 'tags';
  readonly tags?: readonly string[];
  readonly trustedPublishing?: boolean;
  readonly environment?: string;
  readonly force?: boolean;
}

/** Writes a workflow that releases what is in this workspace, and says what it needs that no file can hold. */
export default async function ciWorkflowGenerator(
  tree: Tree,
  options: CiWorkflowOptions,
): Promise<void> {
  const { trigger = 'dispatch', force = false } = options;
  const nxJson = readNxJson(tree) ?? {};
  const release = (nxJson.release ?? {}) as NxReleaseSettings & ReleaseSettings;
  const patterns = nxReleaseGroups(release, []).map(({ tagPattern }) => tagPattern);
  const { tags, taken } =
    trigger === 'tags' ? triggerTags(options.tags, patterns) : { tags: [], taken: [] };
  const versions = versionSource(release);
  const problems = workflowProblems({
    ...{ existing: tree.exists(workflowFile) && !force ? workflowFile : undefined },
    ...{ hasPackageJson: tree.exists('package.json'), startsByTag: trigger === 'tags' },
    ...{ tags, taken, versions },
  });
  if (problems.length > 0) throw problemsError(problems);
  const facts: WorkflowFacts = {
    ...{ defaultBranch: nxJson.defaultBase ?? 'main', versions, tags },
    ...{ showsReleases: showsReleases(release), environment: options.environment },
    packageManager: packageManagerSteps(tree.root),
    ...(await packageFacts(tree.root, options.trustedPublishing ?? false)),
  };
  tree.write(workflowFile, githubWorkflow(facts));
  console.log(describeWorkflow(facts, workflowFile));
}

type PackageFacts = Pick<WorkflowFacts, 'toolSetup' | 'secrets' | 'trusted' | 'isVouchedFor'>;

/** From what is in the repository alone: this machine's settings are not there when the workflow runs. */
async function packageFacts(root: string, isTrusted: boolean): Promise<PackageFacts> {
  const { model, reader, options } = await openWorkspace(root);
  const nodes = model.packages.filter(({ role }) => role === 'published');
  if (nodes.length === 0) throw problemsError([nothingPublished()]);
  const nobody = { home: '/nonexistent', env: {}, send: () => Promise.resolve(noAnswer) };
  const ports = { ...accessPorts(root), ...nobody };
  const { registry } = options;
  const workspace = { root, model, reader };
  const { destinations } = await withDestinations({ registry }, workspace, ports);
  const tokens = secretsFor({ nodes, registry, destinations, isTrusted });
  const isProven =
    options.provenance &&
    registry === undefined &&
    nodes.some(({ ecosystem }) => ecosystem.access?.provenance);
  return {
    toolSetup: toolSetup(nodes, options.ecosystems),
    ...tokens,
    isVouchedFor: isProven || tokens.trusted.length > 0,
  };
}

const noAnswer = { status: 0, headers: {}, body: new Uint8Array() };

function nothingPublished(): ForgeError {
  return new ForgeError('FORGE-C061', {
    what: 'no package of this workspace is published',
    fix: 'look at `nx show projects`, and at the plugin option `packages`',
  });
}
