import { splice } from '../../text';
import { ok, type Manifest } from '../../model';
import { readerOf, sourceOf, type Files } from '../../testing';
import { format } from './manifest';

function mix(app: string, settings: string): string {
  return `defmodule P do
  use Mix.Project
  def project, do: [app: :${app}, description: "", ${settings}]
end
`;
}

/** The deps of `web` in the form for users, beside a `core` 1.2.3 and a `pre` 2.0.0-rc.1. */
function publishable(deps: string): string {
  return edited({ 'apps/web/mix.exs': mix('web', `version: "1.0.0", deps: [${deps}]`) });
}

function edited(own: Files): string {
  const files: Files = {
    'apps/core/mix.exs': mix('core', 'version: "1.2.3", package: [name: "core"]'),
    'apps/acme/mix.exs': mix('acme', 'version: "1.2.3", package: [name: "acme_core"]'),
    'apps/pre/mix.exs': mix('pre', 'version: "2.0.0-rc.1"'),
    ...own,
  };
  const reader = readerOf(files);
  const read = (file: string): Manifest => {
    const found = format.read(sourceOf(file, files[file] ?? ''), reader);
    if (!found.ok || !found.value) throw new Error(file);
    return found.value;
  };
  const source = sourceOf('apps/web/mix.exs', files['apps/web/mix.exs'] ?? '');
  const local = ({ path }: { readonly path?: string }): Manifest | undefined =>
    path !== undefined && files[`${path}/mix.exs`] ? read(`${path}/mix.exs`) : undefined;
  const edits = format.publishable(source, read(source.file), { reader, local });
  const done = edits.ok ? splice(source, edits.value) : edits;
  if (!done.ok) return done.problems.map((each) => each.render()).join('\n');
  return Buffer.from(done.value).toString('utf8');
}

describe('the publishable form', () => {
  it.each<[string, string]>([
    ['{:core, path: "../core"}', '{:core, "~> 1.2"}'],
    ['{:core, in_umbrella: true}', '{:core, "~> 1.2"}'],
    ['{:core, [path: "../core"]}', '{:core, "~> 1.2"}'],
    ['{:core, "~> 1.2.1", path: "../core"}', '{:core, "~> 1.2.1"}'],
    ['{:core, ">= 1.0.0", path: "../core", optional: true}', '{:core, ">= 1.0.0", optional: true}'],
    [
      '{:core, path: "../core", override: true, runtime: false}',
      '{:core, "~> 1.2", runtime: false}',
    ],
    ['{:pre, path: "../pre"}', '{:pre, "~> 2.0.0-rc.1"}'],
    ['{:acme, path: "../acme"}', '{:acme, "~> 1.2", hex: :acme_core}'],
    ['core: [path: "../core"]', 'core: "~> 1.2"'],
    ['{:core, "~> 1.2", path: "../../../elsewhere"}', '{:core, "~> 1.2"}'],
    ['{:core, path: "../core", only: :test}', '{:core, path: "../core", only: :test}'],
    ['{:core, "~> 1.2"}', '{:core, "~> 1.2"}'],
  ])('of %s is %s', (before, after) => {
    expect(publishable(before)).toBe(mix('web', `version: "1.0.0", deps: [${after}]`));
  });

  it('does not exist for a path that leads to no package and says no requirement', () => {
    expect(publishable('{:core, path: "../nothing"}')).toContain(
      'FORGE-A006 `core` is given by a path and no package of this workspace stands there',
    );
  });

  it('does not exist for the keyword form with options beside the path', () => {
    expect(publishable('core: [path: "../core", optional: true]')).toContain('FORGE-A006');
  });

  it('has the version itself where the version file does not reach the user', () => {
    const text = mix('web', 'version: String.trim(File.read!("../../VERSION"))');
    expect(edited({ 'apps/web/mix.exs': text, VERSION: '4.5.6\n' })).toBe(
      mix('web', 'version: "4.5.6"'),
    );
    const beside = mix('web', 'version: String.trim(File.read!("VERSION"))');
    expect(edited({ 'apps/web/mix.exs': beside, 'apps/web/VERSION': '4.5.6\n' })).toBe(beside);
  });

  it('is empty for a file without a project', () => {
    const source = sourceOf('mix.exs', '# nothing\n');
    const manifest = { file: 'mix.exs' } as Manifest;
    const context = { reader: readerOf({}), local: () => undefined };
    expect(format.publishable(source, manifest, context)).toEqual(ok([]));
  });
});
