import type { CiSetup, WorkflowStep } from '../../model';
import { isProjectName } from './names';

const python: WorkflowStep = {
  name: 'Set up Python',
  uses: 'actions/setup-python@v6',
  with: { 'python-version': '3.13' },
};

/** Python, and what `pip install` brings. Names may come from a manifest: what is none stays out of the shell. */
export function installedByPip(...packages: readonly string[]): CiSetup {
  const names = packages.filter(isProjectName).join(' ');
  return { github: [python, { name: `Install ${names}`, run: `python -m pip install ${names}` }] };
}

/** For wheels with a native part. Images of GitHub's runners have rustup, with a toolchain that may be weeks old. */
export const rust: CiSetup = {
  github: [
    {
      name: 'Set up Rust',
      run: 'rustup toolchain install stable --profile minimal --no-self-update',
    },
  ],
};
