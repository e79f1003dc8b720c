/**
 * Run by node beside `node_modules`, with the name of a package: its programs are there, and what it exports loads.
 * What is thrown while it loads is the package's own affair (it may want a browser), unless a file or a package
 * is missing or the code does not parse. A module that keeps node running is loaded all the same.
 */
export const loadScript = `import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , name] = process.argv;
const root = join(process.cwd(), 'node_modules', name);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { bin = {}, main, exports } = manifest;
const programs = typeof bin === 'string' ? [bin] : Object.values(bin);
const missing = programs.filter((file) => !existsSync(join(root, file)));
if (missing.length > 0) stop('its bin ' + missing.join(', ') + ' is not in the package');

const missingCodes = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED', 'ENOENT'];
const foreignFiles = ['ERR_UNKNOWN_FILE_EXTENSION', 'ERR_PACKAGE_PATH_NOT_EXPORTED'];
const promised = exports !== undefined || main !== undefined || existsSync(join(root, 'index.js'));
if (promised) {
  try {
    await import(name);
  } catch (error) {
    if (missingCodes.includes(error.code) || error instanceof SyntaxError) stop(error.message);
    if (error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' && isRequired()) load();
    else if (!foreignFiles.includes(error.code)) console.log('it throws: ' + error.message);
  }
}
process.exit(0);

function isRequired() {
  return JSON.stringify(exports ?? '').includes('"require"');
}

function load() {
  try {
    createRequire(join(process.cwd(), 'package.json'))(name);
  } catch (error) {
    if (missingCodes.includes(error.code) || error instanceof SyntaxError) stop(error.message);
  }
}

function stop(reason) {
  console.error(name + ' is installed and of no use: ' + reason);
  process.exit(1);
}
`;
