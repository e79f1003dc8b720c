import { posix } from 'node:path';
import { all, ok, type Reader, type Result, type Source } from '../../model';
import { appSourceOf } from './app-source';
import { consultedFiles } from './elixir/consulted';
import type { Place } from './place';
import type { Project } from './project';
import { rebarDependencies } from './rebar-config';
import type { StatedDependency } from './stated-dependency';

/** What a mix.exs takes from files of Erlang terms. */
export interface ErlangFacts {
  readonly app?: string | undefined;
  readonly version?: Place | undefined;
  readonly dependencies: readonly StatedDependency[];
  /** Files that were looked at. */
  readonly inputs: readonly string[];
}

const none: ErlangFacts = { dependencies: [], inputs: [] };

/**
 * Packages that rebar3 and Mix both build say their facts once, in `src/<app>.app.src` and rebar.config, and
 * their mix.exs reads them by `:file.consult`. How it takes them apart is not followed: the one `.app.src` that
 * a project consults is where its computed name and version come from, and a consulted rebar.config holds
 * dependencies.
 */
export function erlangFacts(
  source: Source,
  { scope }: Project,
  reader: Reader,
): Result<ErlangFacts> {
  if (!source.text.includes(':file.consult')) return ok(none);
  const paths = consultedFiles(scope.module).map((path) =>
    posix.join(posix.dirname(source.file), path),
  );
  const files = [...new Set(paths)].flatMap((file) => reader.read(file) ?? []);
  const [appSource, ...others] = files.filter(({ file }) => file.endsWith('.app.src'));
  const app = appSource && others.length === 0 ? appSourceOf(appSource, source, reader) : ok({});
  const configs = files.filter(({ file }) => posix.basename(file) === 'rebar.config');
  const dependencies = all(configs.map(rebarDependencies));
  if (!app.ok) return app;
  if (!dependencies.ok) return dependencies;
  const inputs = files.map(({ file }) => file);
  return ok({ ...app.value, dependencies: dependencies.value.flat(), inputs });
}
