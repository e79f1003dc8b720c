/** The public registry. */
export const publicEndpoints = { repository: 'https://hackage.haskell.org' } as const;
