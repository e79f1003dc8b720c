import { loadFiles } from '../graph/testing/memory-workspace';
import type { PackageNode } from '../graph/model';
import { declaredSetProblems, missingFiles, strayArtifactOptions } from './artifact-set';

const model = loadFiles({ 'py/pyproject.toml': '[project]\nname = "demo"\nversion = "1.0.0"\n' });
const [demo] = model.packages as [PackageNode];

const files = ['*-manylinux_*_x86_64.whl', '*-macosx_*_arm64.whl', '*.tar.gz'];
const linux = 'demo-1.0.0-cp311-cp311-manylinux_2_17_x86_64.whl';
const mac = 'demo-1.0.0-cp311-cp311-macosx_11_0_arm64.whl';
const sdist = 'demo-1.0.0.tar.gz';

const problems = (
  ...args: Parameters<typeof declaredSetProblems> extends [unknown, ...infer R] ? R : never
) => declaredSetProblems(demo, ...args).map((problem) => problem.render());

describe('a declared set of artifacts', () => {
  it('is nobody’s business where nothing is declared', () => {
    expect(problems([linux], {})).toEqual([]);
  });

  it('is fine when every glob has a file and every file a glob', () => {
    expect(problems([linux, mac, sdist], { files })).toEqual([]);
  });

  it('lacks what is missing, and lists what is there (FORGE-A016)', () => {
    const [problem, ...more] = problems([linux], { files });
    expect(more).toEqual([]);
    expect(problem).toContain(
      `FORGE-A016 \`demo\` lacks \`*-macosx_*_arm64.whl\`, \`*.tar.gz\`; there is \`${linux}\`\n  --> py/pyproject.toml`,
    );
  });

  it('goes out in parts where that is allowed, and says without what', () => {
    const options = { files, allowPartial: true };
    expect(problems([linux, sdist], options)).toEqual([]);
    expect(missingFiles([linux, sdist], options)).toEqual(['*-macosx_*_arm64.whl']);
  });

  it('takes nothing that is not declared, not even in parts (FORGE-A016)', () => {
    const other = 'demo-1.0.0-cp311-cp311-linux_x86_64.whl';
    for (const allowPartial of [true, false])
      expect(problems([linux, mac, sdist, other], { files, allowPartial })).toEqual([
        expect.stringContaining(`FORGE-A016 \`demo\` has \`${other}\`, which is not declared`),
      ]);
  });

  it('is declared of a package that is published (FORGE-C001)', () => {
    const names = ['py/pyproject.toml', 'py/setup.cfg'];
    const options = Object.fromEntries(names.map((name) => [name, { files }]));
    expect(strayArtifactOptions(options, model).map(({ code, what }) => `${code} ${what}`)).toEqual(
      [
        'FORGE-C001 `options.artifacts` names `py/setup.cfg`, which is the manifest of no published package',
      ],
    );
  });
});
