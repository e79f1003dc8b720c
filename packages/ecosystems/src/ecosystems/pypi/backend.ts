import type { CiSetup, Manifest } from '../../model';
import { installedByPip } from './ci-setup';
import { normalizeName } from './names';

/** The build backend of a project, as far as it decides which program builds it. */
export interface Backend {
  readonly id: 'maturin' | 'uv' | 'module';
  /** For messages. */
  readonly tool: string;
  /** Programs of which one builds, the preferred one first. */
  readonly programs: readonly string[];
  readonly hint: string;
  readonly setup: CiSetup;
}

const maturin: Backend = {
  id: 'maturin',
  tool: 'maturin',
  programs: ['maturin'],
  hint: 'pip install maturin',
  setup: installedByPip('maturin'),
};

/** uv 0.8 and later build projects of `uv_build` by themselves, without Python and without a download. */
const uv: Backend = {
  id: 'uv',
  tool: 'uv',
  programs: ['uv'],
  hint: 'pip install uv',
  setup: installedByPip('uv'),
};

/** Recognised by what `build-system.requires` names; without one it is setuptools (PEP 517). */
export function backendOf({ dependencies }: Manifest): Backend {
  const requires = dependencies
    .filter(({ kind }) => kind === 'build')
    .map(({ name }) => normalizeName(name));
  if (requires.includes('maturin')) return maturin;
  if (requires.includes('uv-build')) return uv;
  const modules = requires.length > 0 ? requires.join(' ') : 'setuptools wheel';
  return {
    id: 'module',
    tool: 'build (Python)',
    programs: ['pyproject-build', 'uv'],
    hint: `pip install build ${modules}`,
    setup: installedByPip('build', ...modules.split(' ')),
  };
}
