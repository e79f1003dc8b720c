import type { ClusterImage } from './cluster-image';
import { keepTemplate, readTemplate } from './template-file';
import { installedPglite, templatePlaces, type TemplatePlace } from './template-places';

/**
 * A fresh cluster with its schema, made by the first start with a schema and kept. `initdb` takes PGlite 0.5 three to
 * five seconds and the schema half of one. Where it cannot be kept, every fresh start pays for all of it.
 */
export async function loadTemplate(
  schema: string,
  make: () => Promise<ClusterImage>,
): Promise<ClusterImage> {
  const installed = installedPglite();
  if (!installed) return make();
  const name = `pglite-${installed.version}-${schema}.cluster`;
  return loadFrom(templatePlaces(installed), name, make);
}

/** The first that is there; else a new one, kept in the first place that takes it. */
export async function loadFrom(
  places: readonly TemplatePlace[],
  name: string,
  make: () => Promise<ClusterImage>,
): Promise<ClusterImage> {
  for (const place of places) {
    const there = await readTemplate(place, name);
    if (there) return there;
  }
  const template = await make();
  for (const place of places) if (await keepTemplate(place, name, template)) break;
  return template;
}
