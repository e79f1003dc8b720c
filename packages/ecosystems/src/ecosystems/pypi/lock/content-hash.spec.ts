import { parseToml } from '../../../text';
import { sourceOf } from '../../../testing';
import { contentHashes } from './content-hash';

/** What the tools say of one manifest: `Locker._get_content_hash` of Poetry 2.5.1, `PyProject.content_hash` of pdm 2.29.3. */
const manifest = `[project]
name = "app"
version = "1.2.0"
description = "Zoë 🦀"
requires-python = ">=3.11"
dependencies = ["core>=1.2,<2", "café; python_version < '4'"]
[project.optional-dependencies]
x = ["core[é]==1.2.0"]
[dependency-groups]
Test_A = ["core>=1.2", {include-group = "b"}]
b = []
[tool.pdm.dev-dependencies]
test-a = ["-e file:///\${PROJECT_ROOT}/../core#egg=core"]
[[tool.pdm.source]]
url = "https://registry.example/simple"
name = "x"
verify_ssl = true
[tool.pdm.resolution]
allow-prereleases = false
[tool.pdm.resolution.overrides]
z = "1.0"
`;

const poetry = '[tool.poetry]\nname = "core"\n[tool.poetry.dependencies]\npython = "^3.11"\n';

function hashesOf(text: string): string[] {
  const document = parseToml(sourceOf('pyproject.toml', text));
  if (!document.ok) throw document.problems[0];
  return contentHashes.map((hash) => hash(document.value));
}

it('computes the hashes that Poetry and pdm keep of a manifest', () => {
  expect(hashesOf(manifest)).toEqual([
    '3377bcf0076a67e4b349b8cb49c30f73e1409be8bf249dd48be9015834e6718c',
    '2cfe392c53f106bc98c0227421a24a28b1fc0fd2a4d6ef06970adce218a4ee08',
    'sha256:95dbf8d1dc29c05c72fc60b68d7bcc4ab53ac4346233dfc8b57988b9c4a10f52',
  ]);
});

it("computes it over Poetry's own table alone where there is no other", () => {
  const hash = '81b2fa642d7f2d1219cf80112ace12d689d053d81be7f7addb98144d56fc0fb2';
  expect(hashesOf(poetry)[0]).toBe(hash);
});
