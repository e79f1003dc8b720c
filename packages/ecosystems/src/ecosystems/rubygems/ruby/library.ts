import { posix } from 'node:path';
import type { Scope } from './scope';
import { render, textValue, type Literal, type Value } from './value';

type Method = (args: readonly (string | null)[], scope: Scope) => Value | undefined;

const readFile: Method = ([path], scope) => (known(path) ? fileContent(path, scope) : undefined);
const loadSpecification: Method = ([path], scope) =>
  known(path) ? scope.specification(workspacePath(path, scope)) : undefined;

/** Methods of constants whose meaning is fixed. */
const library: Readonly<Record<string, Method>> = {
  'File.expand_path': ([path, base], scope) =>
    known(path) && (base === undefined || known(base))
      ? textValue(posix.resolve(`/${scope.root}`, base ?? '', path))
      : undefined,
  'File.join': (parts) => (parts.every(known) ? textValue(posix.join(...parts)) : undefined),
  'File.dirname': ([path]) => (known(path) ? textValue(posix.dirname(path)) : undefined),
  'File.basename': ([path, suffix]) =>
    known(path) ? textValue(posix.basename(path, suffix ?? '')) : undefined,
  'File.read': readFile,
  'File.binread': readFile,
  'IO.read': readFile,
  'Bundler.load_gemspec': loadSpecification,
  'Bundler.load_gemspec_uncached': loadSpecification,
  'Gem::Specification.load': loadSpecification,
};

/** What a call means; `undefined` where its arguments are not known. */
export function libraryCall(
  name: string,
  args: readonly Value[],
  scope: Scope,
): Value | undefined | 'no such method' {
  const method = Object.hasOwn(library, name) ? library[name] : undefined;
  if (!method) return 'no such method';
  return method(
    args.map((value) => render(value)),
    scope,
  );
}

/** A text file such as `VERSION`, without the blanks around its content. */
function fileContent(path: string, scope: Scope): Value | undefined {
  const file = workspacePath(path, scope);
  const source = scope.reader.read(file);
  if (!source) return undefined;
  scope.inputs.add(file);
  const text = source.text.trim();
  const lead = source.text.slice(0, source.text.indexOf(text));
  const content = {
    startOffset: Buffer.byteLength(lead, 'utf8'),
    length: Buffer.byteLength(text, 'utf8'),
  };
  const literal: Literal = { source, kind: 'file', text, content, whole: content };
  return { kind: 'text', pieces: [literal] };
}

/** Relative paths start at the gemspec: `gem build` and Bundler run it in its directory. */
function workspacePath(path: string, { root }: Scope): string {
  return posix.resolve(`/${root}`, path).slice(1);
}

function known(text: string | null | undefined): text is string {
  return typeof text === 'string';
}
