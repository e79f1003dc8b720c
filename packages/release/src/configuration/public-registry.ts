import type { Ecosystem, Endpoints } from '@forge/ecosystems';

/** True for the public registry of an ecosystem: what is documented of it holds for no other. */
export function isPublicRegistry(ecosystem: Ecosystem, endpoints: Endpoints): boolean {
  return Object.entries(ecosystem.publicEndpoints).every(([key, url]) => endpoints[key] === url);
}
