'use strict';
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

/** `{ words, sentences }` of a text. */
exports.measure = (text) => JSON.parse(execFileSync(join(__dirname, 'bin', 'quill-worker'), [text], { encoding: 'utf8' }));
