/**
 * Makes a directory the workspace of this process. Nx 23 and 24 find theirs when they are loaded, by this variable or
 * by the current directory, and never again: nothing of Nx may be loaded before.
 */
export function enterWorkspace(root: string): void {
  process.chdir(root);
  process.env['NX_WORKSPACE_ROOT_PATH'] = root;
  // A daemon and isolated plugins outlive a process that is killed; and here they are slower than none.
  process.env['NX_DAEMON'] ??= 'false';
  process.env['NX_ISOLATE_PLUGINS'] ??= 'false';
  process.env['NX_TUI'] = 'false';
}
