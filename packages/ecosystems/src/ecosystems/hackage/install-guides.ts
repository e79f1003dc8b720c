import type { Installable, InstallGuide } from '../../model';

/** cabal 3.4 takes repositories in its own configuration, and packages of them after `cabal update`. */
export function installGuides(
  baseUrl: string,
  { name, version }: Installable,
): readonly InstallGuide[] {
  return [
    { tool: 'cabal', file: `the .cabal file`, lines: [`build-depends: ${name} ==${version}`] },
    {
      tool: 'cabal, once for each machine',
      file: '~/.cabal/config',
      lines: ['repository forge', `  url: ${baseUrl}/hackage`, '  secure: False'],
    },
  ];
}
