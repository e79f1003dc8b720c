'use strict';
const { measure } = require('@quill/native');

/** Minutes that a reader needs at 200 words a minute. */
exports.readingTime = (text) => measure(text).words / 200;
