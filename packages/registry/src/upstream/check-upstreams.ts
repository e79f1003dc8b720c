import { ForgeError, type Ecosystem, type Endpoints } from '@forge/ecosystems';

/** Where to ask for what is not here, by the ecosystem's id. */
export type Upstreams = Readonly<Record<string, Endpoints>>;

/** FORGE-C001 for an ecosystem that is not served, or whose protocol cannot be read through. */
export function checkUpstreams(ecosystems: readonly Ecosystem[], upstreams: Upstreams): void {
  for (const id of Object.keys(upstreams)) {
    const ecosystem = ecosystems.find((each) => each.id === id);
    if (!ecosystem) throw refused(`\`${id}\` is no ecosystem of this registry`, ecosystems);
    if (!ecosystem.wire.upstream)
      throw refused(`packages of ${ecosystem.title} cannot be read through`, ecosystems);
  }
}

function refused(what: string, ecosystems: readonly Ecosystem[]): ForgeError {
  const able = ecosystems.filter(({ wire }) => wire.upstream).map(({ id }) => `\`${id}\``);
  const fix = `an upstream can be given for ${able.join(', ') || 'none'}`;
  return new ForgeError('FORGE-C001', { what, fix });
}
