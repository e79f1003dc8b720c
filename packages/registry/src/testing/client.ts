import type { Wire } from '@forge/ecosystems';
import { startRegistry, type RegistryOptions, type RunningRegistry } from '../server';
import { toyEcosystem } from './toy-ecosystem';

/** A running registry with the toy ecosystem, and short words for asking it. */
export interface ToyRegistry extends RunningRegistry {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** `what` is `name/version/filename`. */
  publish(what: string, content: string, headers?: Record<string, string>): Promise<Response>;
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
  };
}
