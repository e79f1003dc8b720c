import type { PackageChange, StoredPackage, Wire } from '@forge/ecosystems';
import { startRegistry, type RegistryOptions, type RunningRegistry } from '../server';
import { toyEcosystem } from './toy-ecosystem';

/** A running registry with the toy ecosystem, and short words for asking it. */
export interface ToyRegistry extends RunningRegistry {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** `what` is `name/version/filename`. */
  publish(what: string, content: string, headers?: Record<string, string>): Promise<Response>;
  /** As the holder of the token; by default that of the server. */
  change(name: string, changes: readonly PackageChange[], token?: string): Promise<Response>;
  /** What everybody sees of a package. */
  packageOf(name: string): Promise<StoredPackage>;
}

export async function startToyRegistry(
  options: RegistryOptions & { readonly wire?: Partial<Wire> } = {},
): Promise<ToyRegistry> {
  const registry = await startRegistry({ ecosystems: [toyEcosystem(options.wire)], ...options });
  return {
    ...registry,
    get: (path, headers = {}) => fetch(`${registry.url}${path}`, { headers }),
    publish: (what, body, headers = { authorization: registry.token }) =>
      fetch(`${registry.url}/toy/publish/${what}`, { method: 'POST', body, headers }),
    change: (name, changes, authorization = registry.token) =>
      fetch(`${registry.url}/toy/change/${name}`, {
        method: 'POST',
        body: JSON.stringify(changes),
        headers: { authorization },
      }),
    packageOf: async (name) =>
      (await (await fetch(`${registry.url}/toy/packages/${name}`)).json()) as StoredPackage,
  };
}
