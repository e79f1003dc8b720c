import type { SecretShapes } from '../../../model';

/** PyPI's tokens are macaroons behind `pypi-`: the version and the location of PyPI, or of TestPyPI, in base64. */
export const secrets: SecretShapes = {
  files: ['.pypirc'],
  tokens: [
    {
      what: 'a token of PyPI',
      pattern: /(?<!\w)pypi-(?:AgEIcHlwaS5vcmc|AgENdGVzdC5weXBpLm9yZw)[\w-]{50,}/g,
    },
  ],
};
