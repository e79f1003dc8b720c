import type { Installable, InstallGuide } from '../../model';

/** The registry goes into the environment; what depends on it names it in `Cargo.toml`. */
export function installGuides(
  baseUrl: string,
  { name, version }: Installable,
): readonly InstallGuide[] {
  const registry = `export CARGO_REGISTRIES_FORGE_INDEX="sparse+${baseUrl}/cargo/index/"`;
  return [
    { tool: 'cargo add', lines: [registry, `cargo add ${name}@${version} --registry forge`] },
    {
      tool: 'cargo install',
      lines: [registry, `cargo install ${name} --version ${version} --registry forge`],
    },
  ];
}
