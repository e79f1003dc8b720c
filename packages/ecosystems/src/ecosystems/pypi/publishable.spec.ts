import type { Manifest } from '../../model';
import { splice } from '../../text';
import { format } from './manifest';
import { workspaceOf } from './testing/workspace';

const file = 'app/pyproject.toml';
const neighbour = {
  'core/pyproject.toml': '[project]\nname = "core"\nversion = "1.2.0"\n',
};

function published(text: string): string | string[] {
  const { reader, source } = workspaceOf({ [file]: text, ...neighbour });
  const own = format.read(source(file), reader);
  const core = format.read(source('core/pyproject.toml'), reader);
  if (!own.ok || !own.value || !core.ok || !core.value) throw new Error('cannot be read');
  const target: Manifest = core.value;
  const local = ({ path }: { path?: string }) => (path === 'core' ? target : undefined);
  const edits = format.publishable(source(file), own.value, { reader, local });
  if (!edits.ok) return edits.problems.map(({ code }) => code);
  const bytes = splice(source(file), edits.value);
  if (!bytes.ok) throw bytes.problems[0];
  return Buffer.from(bytes.value).toString('utf8');
}

const head = '[project]\nname = "app"\nversion = "1.2.0"\n';
const poetry = '[tool.poetry]\nname = "app"\nversion = "1.2.0"\n[tool.poetry.dependencies]\n';

describe('publishable', () => {
  it.each([
    [
      `${head}dependencies = ["core[x] @ file:../core ; python_version < '4'"]`,
      `${head}dependencies = ["core[x]>=1.2.0,<2 ; python_version < '4'"]`,
    ],
    [
      `${poetry}core = { path = "../core", develop = true, extras = ["x"] } # local`,
      `${poetry}core = { version = ">=1.2.0,<2", extras = ["x"] } # local`,
    ],
    [
      `${poetry}core = {path = "../core", develop = true}`,
      `${poetry}core = {version = ">=1.2.0,<2"}`,
    ],
    [
      `${poetry.replace('dependencies', 'dependencies.core')}develop = true\npath = "../core"\n`,
      `${poetry.replace('dependencies', 'dependencies.core')}version = ">=1.2.0,<2"\n`,
    ],
  ])('turns paths into requirements: %j', (before, after) => {
    expect(published(before)).toBe(after);
  });

  it.each([
    [
      'sources of uv',
      `${head}dependencies = ["core>=1"]\n[tool.uv.sources]\ncore = { path = "../core" }`,
    ],
    [
      'groups for developers',
      `${poetry}\n[tool.poetry.group.test.dependencies]\ncore = { path = "../core" }`,
    ],
    [
      "Poetry's table beside the standard one",
      `${head}dependencies = ["core>=1"]\n[tool.poetry.dependencies]\ncore = { path = "../core" }`,
    ],
  ])('leaves %s', (_, text) => {
    expect(published(text)).toBe(text);
  });

  it.each([
    `${head}dependencies = ["other @ file:../other"]`,
    `${poetry}other = { path = "../other" }`,
  ])('refuses what no index can serve: %j', (text) => {
    expect(published(text)).toEqual(['FORGE-A006']);
  });
});
