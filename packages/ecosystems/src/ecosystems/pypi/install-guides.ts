import type { Installable, InstallGuide } from '../../model';

/** In quotes: the `!` of an epoch means something to a shell. */
export function installGuides(
  baseUrl: string,
  { name, version }: Installable,
): readonly InstallGuide[] {
  const index = `${baseUrl}/pypi/simple/`;
  const wanted = `'${name}==${version}'`;
  return [
    { tool: 'pip', lines: [`pip install ${wanted} --index-url ${index}`] },
    { tool: 'uv', lines: [`uv add ${wanted} --index forge=${index}`] },
  ];
}
