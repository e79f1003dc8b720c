/** The public registry. */
export const publicEndpoints = {
  upload: 'https://upload.pypi.org/legacy/',
  json: 'https://pypi.org/pypi',
} as const;
