/** `dl` is what the index's config.json says; crates are at `{dl}/{name}/{version}/download`. */
export const publicEndpoints = {
  index: 'https://index.crates.io',
  api: 'https://crates.io',
  dl: 'https://static.crates.io/crates',
} as const;
