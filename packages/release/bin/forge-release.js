#!/usr/bin/env node
const { main } = require('../dist/cli/main.js');

const streams = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
};

void main(process.argv.slice(2), process.cwd(), streams).then((code) => {
  process.exitCode = code;
});
