import type { Ecosystem } from '@forge/ecosystems';

/** In place of a token that is not told. Files of tools that expand variables know it in this spelling only. */
export const untoldToken = '${FORGE_TOKEN}';

/** What to paste so that the native tools of every ecosystem talk to the server at `url`. */
export function renderSettings(
  ecosystems: readonly Ecosystem[],
  url: string,
  token: string,
  user?: string,
): string {
  const sections = ecosystems.map(({ title, wire }) =>
    [`# ${title}`, ...wire.settings(url, token, user)].join('\n'),
  );
  return `${sections.join('\n\n')}\n`;
}
