import { placeAtByte, type FactPlace, type ForgeError, type Reader } from '@forge/ecosystems';
import { loadWorkspace } from '../graph/load-workspace';
import type { PackageNode, WorkspaceModel } from '../graph/model';
import type { Selected, Selection } from './select-manifests';

/** What is read of each selected manifest: plain JSON, one value each, in the order of the selection. */
export function inspectManifests({ manifests, files, reader, options }: Selection): object[] {
  const model = loadWorkspace(files, reader, options);
  const nodes = new Map(model.packages.map((node) => [node.manifest.file, node]));
  return manifests.map((each) => inspectOne(each, nodes.get(each.file), model, reader));
}

/** True for what `inspectManifests` says of a manifest that cannot be read. */
export function isBroken(inspected: object): boolean {
  return 'problems' in inspected;
}

function inspectOne(
  selected: Selected,
  node: PackageNode | undefined,
  { problems }: WorkspaceModel,
  reader: Reader,
): object {
  const { file, ecosystem } = selected;
  const head = { file, ecosystem: ecosystem.id };
  const broken = problems.find((each) => each.file === file);
  if (broken) return { ...head, problems: broken.problems.map(plainProblem) };
  const places = placesOf(selected, reader);
  // A virtual workspace root, a `package.json` without a name: it may state what others inherit.
  if (!node) return { ...head, package: null, places };
  const { name, version, dependencies, embeds, inputs, ...rest } = node.manifest;
  const { role, project, embeddedIn } = node;
  return {
    ...head,
    ...{ name, version, role, project },
    ...(embeddedIn === undefined ? {} : { embeddedIn }),
    ...(rest.private === undefined ? {} : { private: rest.private }),
    ...(rest.registry === undefined ? {} : { registry: rest.registry }),
    ...{ dependencies, embeds, inputs },
    places,
  };
}

function placesOf({ file, ecosystem }: Selected, reader: Reader): object {
  const source = reader.read(file);
  if (!source) return { version: [], requirements: [], untouched: [] };
  const located = ecosystem.format.locate(source, reader);
  if (!located.ok) return { problems: located.problems.map(plainProblem) };
  const { version, requirements, untouched = [] } = located.value;
  const plain = (places: readonly FactPlace[]): object[] =>
    places.map((place) => plainPlace(place, reader));
  return {
    version: plain(version),
    requirements: plain(requirements),
    untouched: plain(untouched),
  };
}

function plainPlace({ span, ...place }: FactPlace, reader: Reader): object {
  const source = span && reader.read(place.file);
  if (!source) return place;
  return { ...place, ...placeAtByte(source, span.start), start: span.start, end: span.end };
}

function plainProblem({ code, what, where, frame, fix }: ForgeError): object {
  return { code, what, ...where, ...(frame === undefined ? {} : { frame }), fix };
}
