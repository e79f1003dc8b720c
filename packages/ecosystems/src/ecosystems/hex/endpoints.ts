/** The public registry. */
export const publicEndpoints = {
  api: 'https://hex.pm/api',
  repository: 'https://repo.hex.pm',
} as const;
