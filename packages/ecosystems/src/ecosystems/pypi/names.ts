/** PEP 503: the spelling under which PyPI compares names and serves its index. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** PEP 508's identifier, which PyPI demands of a project's name. */
export function isProjectName(name: string): boolean {
  return /^[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?$/i.test(name);
}
