import { ForgeError, type Artifact } from '@forge/ecosystems';
import type { PackageNode, ProjectModel } from '../graph/model';
import { artifactsOf, readRecord } from '../effects/artifact-store';
import { findPacked } from '../plan/artifact-record';
import type { PublishUnit } from '../plan/publish-unit';
import { endpointsOf, type RegistryOptions } from '../configuration/registry-target';

export interface ProjectUnits {
  readonly project: ProjectModel;
  readonly units: readonly PublishUnit[];
  /** Broken manifests, versions that nobody gave, artifacts that are missing. */
  readonly problems: readonly ForgeError[];
}

/** The units of a project with the artifacts that `package` recorded for exactly the version on disk. */
export function unitsOfProject(
  root: string,
  project: ProjectModel,
  options: RegistryOptions,
  planned: boolean,
): ProjectUnits {
  const record = readRecord(root, project.name);
  const problems: ForgeError[] = project.broken.flatMap((each) => each.problems);
  const units: PublishUnit[] = [];
  for (const node of project.packages.filter(({ role }) => role === 'published')) {
    const version = node.manifest.version.value ?? openVersionOf(node, record?.packages ?? []);
    const wanted = {
      ecosystem: node.ecosystem.id,
      name: node.manifest.name,
      version: version ?? '',
    };
    const packed = findPacked(record, wanted);
    if (version === undefined || !packed) problems.push(missingArtifacts(node, version));
    else
      units.push(unitOf(node, version, artifactsOf(root, project.name, packed), options, planned));
  }
  return { project, units, problems };
}

/** A unit without artifacts, to ask only whether it is there: for the packages of other batches of a run. */
export function bareUnits(project: ProjectModel, options: RegistryOptions): readonly PublishUnit[] {
  return project.packages
    .filter(({ role }) => role === 'published')
    .flatMap((node) => {
      const version = node.manifest.version.value;
      return version === null ? [] : [unitOf(node, version, [], options, false)];
    });
}

function unitOf(
  node: PackageNode,
  version: string,
  artifacts: readonly Artifact[],
  options: RegistryOptions,
  planned: boolean,
): PublishUnit {
  return { node, version, artifacts, endpoints: endpointsOf(node, options), planned };
}

/** A tag-driven version is known only from inside the artifact. */
function openVersionOf(
  node: PackageNode,
  packed: readonly {
    readonly ecosystem: string;
    readonly name: string;
    readonly version: string;
  }[],
): string | undefined {
  return packed.find(
    ({ ecosystem, name }) => ecosystem === node.ecosystem.id && name === node.manifest.name,
  )?.version;
}

function missingArtifacts(node: PackageNode, version: string | undefined): ForgeError {
  return new ForgeError('FORGE-A003', {
    what: `there is no artifact of \`${node.manifest.name}\` ${version ?? ''}`.trimEnd(),
    where: { file: node.manifest.file },
    fix: `run the \`package\` target of \`${node.project}\` first`,
  });
}
