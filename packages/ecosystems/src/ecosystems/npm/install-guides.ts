import type { Installable, InstallGuide } from '../../model';

export function installGuides(
  baseUrl: string,
  { name, version }: Installable,
): readonly InstallGuide[] {
  const registry = `--registry ${baseUrl}/npm/`;
  return [
    { tool: 'npm', lines: [`npm install ${name}@${version} ${registry}`] },
    { tool: 'pnpm', lines: [`pnpm add ${name}@${version} ${registry}`] },
  ];
}
