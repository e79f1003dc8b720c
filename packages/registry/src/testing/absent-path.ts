/** The path of a route, where every name is one that nothing has. */
export function absentPath(path: string): string {
  return path.replace(/:\w+/g, 'absent1').replace(/\*$/, 'absent1');
}
