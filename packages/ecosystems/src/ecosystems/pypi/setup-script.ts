import { posix } from 'node:path';
import { ForgeError } from '../../errors';
import { fail, ok, type Reader, type Result, type Source } from '../../model';
import { located, parseToml } from '../../text';
import { directoryOf } from './local-path';
import { configValue } from './setup-cfg';
import { tableAt } from './toml-access';

const fix =
  'describe the project in the `[project]` table of a pyproject.toml, or leave it out of the release';

/** A call at the start of a line, which is how setuptools and distutils are used. */
const call = /^(?:setuptools\.|distutils\.core\.)?setup[ \t]*\(/m;

/**
 * What describes a project without a pyproject.toml of its own: null where it describes none, or where the
 * pyproject.toml beside it does. FORGE-M018 for a project that is described in this way alone.
 */
export function readSetupFile(source: Source, reader: Reader): Result<null> {
  const directory = directoryOf(source.file);
  if (isDescribed(directory, reader)) return ok(null);
  return posix.basename(source.file) === 'setup.py'
    ? readScript(source)
    : readConfig(source, directory, reader);
}

/** One that cannot be parsed reports that itself. */
function isDescribed(directory: string, reader: Reader): boolean {
  const source = reader.read(posix.join(directory, 'pyproject.toml'));
  if (!source) return false;
  const document = parseToml(source);
  const tables = [['project'], ['tool', 'poetry']];
  return !document.ok || tables.some((path) => tableAt(document.value, path) !== undefined);
}

function readScript(source: Source): Result<null> {
  const match = /\b(?:setuptools|distutils)\b/.test(source.text) ? call.exec(source.text) : null;
  if (!match) return ok(null);
  const what = `\`${source.file}\` is a program: its name, version and requirements cannot be read without running it`;
  const place = located(source, match.index, match[0].length);
  return fail(new ForgeError('FORGE-M018', { what, fix, ...place }));
}

/** Many a setup.cfg only configures tools. With a setup.py beside it, that one is told. */
function readConfig(source: Source, directory: string, reader: Reader): Result<null> {
  const name = configValue(source.text, 'metadata', 'name');
  const script = reader.read(posix.join(directory, 'setup.py'));
  if (!name || (script && !readScript(script).ok)) return ok(null);
  const what = `\`${name.value}\` is described by \`${source.file}\` alone, which is not edited`;
  const place = located(source, name.start, name.value.length);
  return fail(new ForgeError('FORGE-M018', { what, fix, ...place }));
}
