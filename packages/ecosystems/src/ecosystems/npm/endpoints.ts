/** The public registry. */
export const publicEndpoints = { registry: 'https://registry.npmjs.org' } as const;
