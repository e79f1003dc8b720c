import { ok, type Manifest, type ManifestFormat, type Source } from '../../model';
import { factsOf, type Facts } from './facts';

/** Reading loads nothing but the parser; all else brings what it needs with it. */
export const format: ManifestFormat = {
  read(source, reader) {
    const facts = factsOf(source, reader);
    if (!facts.ok) return facts;
    return ok(facts.value && manifestOf(source, facts.value));
  },
  plan: (source, change, reader) =>
    (require('./plan') as typeof import('./plan')).plan(source, change, reader),
  locate: (source, reader) =>
    (require('./locate') as typeof import('./locate')).locate(source, reader),
  publishable: (source, manifest, context) =>
    (require('./publishable') as typeof import('./publishable')).publishable(
      source,
      manifest,
      context,
    ),
};

function manifestOf({ file }: Source, facts: Facts): Manifest {
  const { name, version, project, dependencies, embeds, inputs } = facts;
  const { value, source, via, fixed } = version;
  return {
    ecosystem: 'hex',
    file,
    name,
    version: { value, file: source.file, via, ...(fixed === undefined ? {} : { fixed }) },
    ...(project.hasMetadata ? {} : { private: 'no package metadata' }),
    dependencies: dependencies.map(({ dependency }) => dependency),
    embeds,
    inputs,
  };
}
