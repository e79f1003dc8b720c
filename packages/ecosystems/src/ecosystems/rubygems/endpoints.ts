/** The public registry. */
export const publicEndpoints = { host: 'https://rubygems.org' } as const;
