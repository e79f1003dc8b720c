'use strict';
// Copies the compiled crate to where the package ships it.
const { execFileSync } = require('node:child_process');
const { copyFileSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const metadata = JSON.parse(
  execFileSync('cargo', ['metadata', '--offline', '--no-deps', '--format-version=1'], {
    cwd: join(root, 'crate'),
    encoding: 'utf8',
  }),
);
mkdirSync(join(root, 'bin'), { recursive: true });
copyFileSync(join(metadata.target_directory, 'release', 'quill-worker'), join(root, 'bin', 'quill-worker'));
