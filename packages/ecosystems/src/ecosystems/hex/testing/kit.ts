import type { ConformanceKit } from '../../../testing';
import { semverVersions } from '../../../testing/semver-kit';
import { packTarball } from '../tarball';

const app = (version: string, core: string): string => `defmodule App.MixProject do
  use Mix.Project

  # @version "9.9.9"
  @version "${version}"

  def project do
    [
      app: :app,
      version: @version,
      description: "Zoë 🦀",
      deps: deps(),
      docs: [source_ref: "v#{@version}"]
    ]
  end

  defp deps do
    [
      {:core, "${core}"}, # keep
      {:mine, "${core}", hex: :core},
      {:core_extra, "~> 1.2"}
    ]
  end
end
`;

const metadata = `{<<"name">>,<<"demo">>}.
{<<"version">>,<<"1.2.0">>}.
{<<"app">>,<<"demo">>}.
{<<"description">>,<<"A demo">>}.
{<<"licenses">>,[<<"MIT">>]}.
{<<"build_tools">>,[<<"mix">>]}.
{<<"requirements">>,[]}.
{<<"files">>,[<<"lib/demo.ex">>]}.
`;

export const kit: ConformanceKit = {
  manifest: {
    files: { 'apps/app/mix.exs': app('1.2.0', '~> 1.2') },
    file: 'apps/app/mix.exs',
    name: 'app',
    version: '1.2.0',
    change: {
      version: '1.3.0',
      requirements: [{ name: 'core', version: '2.0.0', policy: 'violated' }],
    },
    changed: { 'apps/app/mix.exs': app('1.3.0', '~> 2.0') },
    truncated:
      'defmodule App.MixProject do\n  use Mix.Project\n  def project do\n    [app: :app, ver',
    refusesBom: true,
    withoutName:
      'defmodule App do\n  use Mix.Project\n  def project, do: [version: "1.2.0"]\nend\n',
    withoutVersion: 'defmodule App do\n  use Mix.Project\n  def project, do: [app: :app]\nend\n',
  },
  versions: semverVersions,
  requirements: {
    samples: [
      ...['~> 1.2', '~> 1.2.0', '>= 1.2.0', '== 1.2.0', '1.2.0', '>= 1.2.0 and < 2.0.0'],
      ...['~> 1.2 or ~> 2.0', '~> 1.2 and >= 1.2.3 or ~> 2.0', '<= 1.9.0', '> 1.0.0', '!= 1.1.0'],
    ],
    versions: ['1.2.0', '1.3.5', '2.0.0', '3.1.4', '0.4.0', '1.4.0-rc.1', '2.0.0-rc.1'],
    unreadable: ['', '~> 1', '^1.2', 'latest', '>= 1.2'],
  },
  registry: {
    name: 'demo',
    version: '1.2.0',
    upload(content) {
      const file = { name: 'lib/demo.ex', executable: false, content: Buffer.from(content) };
      const bytes = packTarball(metadata, [file]);
      const headers = { 'content-type': 'application/octet-stream' };
      return {
        filename: 'demo-1.2.0.tar',
        bytes,
        request: {
          method: 'POST',
          path: '/api/packages/demo/releases?replace=false',
          headers,
          body: bytes,
        },
      };
    },
  },
};
