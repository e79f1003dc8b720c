import type { Installable, InstallGuide } from '../../model';

/** Hex replaces its own repository by another one, with the key that signs what that one says. */
export function installGuides(
  baseUrl: string,
  { name, version }: Installable,
): readonly InstallGuide[] {
  return [
    { tool: 'Mix', file: 'mix.exs', lines: [`{:${name}, "== ${version}"}`] },
    {
      tool: 'Mix, once for each machine',
      lines: [
        `curl -o forge-hex.pem ${baseUrl}/hex/public_key`,
        `mix hex.repo set hexpm --url ${baseUrl}/hex --public-key forge-hex.pem`,
      ],
    },
  ];
}
