import type { EdgesBySource } from './edges';
import type { EdgeKind, LocalEdge, PackageNode, ProjectModel, Role } from './model';

/** What `nx show project <name> --json` says under `metadata.forge`. */
export interface ForgeMetadata {
  readonly packages: readonly PackageMetadata[];
  readonly problems: readonly ProblemMetadata[];
}

export interface PackageMetadata {
  readonly ecosystem: string;
  readonly name: string;
  /** Native spelling; null when the manifest leaves it open. */
  readonly version: string | null;
  readonly role: Role;
  readonly manifest: string;
  /** The manifest of the package that ships this one. */
  readonly embeddedIn?: string;
  readonly dependencies: readonly DependencyMetadata[];
}

export interface DependencyMetadata {
  readonly name: string;
  readonly requirement: string | null;
  readonly kind: EdgeKind;
  /** True when it is a package of this workspace. */
  readonly isLocal: boolean;
  /** Directory of that package, or the path that the manifest gives. */
  readonly localPath: string | null;
  readonly section: string;
}

export interface ProblemMetadata {
  readonly code: string;
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

/** Describes every package of a project, and what could not be read at its root. */
export function projectMetadata(
  { packages, broken }: ProjectModel,
  edges: EdgesBySource,
): ForgeMetadata {
  return {
    packages: packages.map((node) => packageMetadata(node, edges.get(node) ?? [])),
    problems: broken.flatMap(({ file, problems }) =>
      problems.map(({ code, what: message, where }) => ({
        code,
        file: where?.file ?? file,
        ...(where?.line === undefined ? {} : { line: where.line }),
        message,
      })),
    ),
  };
}

function packageMetadata(
  { manifest, ecosystem, role, embeddedIn }: PackageNode,
  edges: readonly LocalEdge[],
): PackageMetadata {
  // Edges stand in the order of the dependencies that they come from.
  let at = 0;
  return {
    ecosystem: ecosystem.id,
    name: manifest.name,
    version: manifest.version.value,
    role,
    manifest: manifest.file,
    ...(embeddedIn === undefined ? {} : { embeddedIn }),
    dependencies: manifest.dependencies.map((dependency) => {
      const { name, requirement, kind, section, path } = dependency;
      const edge = edges[at]?.dependency === dependency ? edges[at++] : undefined;
      const localPath = edge?.to.root ?? path ?? null;
      return { name, requirement, kind, isLocal: edge !== undefined, localPath, section };
    }),
  };
}
