import type { Installable, InstallGuide } from '../../model';

export function installGuides(
  baseUrl: string,
  { name, version }: Installable,
): readonly InstallGuide[] {
  const source = `${baseUrl}/gems/`;
  return [
    {
      tool: 'gem',
      lines: [`gem install ${name} --version ${version} --clear-sources --source ${source}`],
    },
    {
      tool: 'Bundler',
      file: 'Gemfile',
      lines: [`gem "${name}", "${version}", source: "${source}"`],
    },
  ];
}
