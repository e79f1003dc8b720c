/**
 * execa 9 is made of a hundred ES modules, and loading them takes longer than planning a small release. Most
 * releases of versions start no program.
 */
export function loadExeca(): (typeof import('execa'))['execa'] {
  return (require('execa') as typeof import('execa')).execa;
}
