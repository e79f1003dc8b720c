import type { Reader, Source } from '../../../model';
import { decodeSource } from '../../../text';
import { rubygems } from '..';

/** Contents by workspace-relative path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export function sourceOf(file: string, content: string | Uint8Array): Source {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const source = decodeSource(file, bytes, rubygems);
  if (!source.ok) throw source.problems[0];
  return source.value;
}

export function readerOf(files: Files): Reader {
  const memos = new Map<string, unknown>();
  return {
    read: (file) => (files[file] === undefined ? undefined : sourceOf(file, files[file])),
    list: (directory) =>
      Object.keys(files).flatMap((file) => {
        const name = directory === '.' ? file : file.slice(directory.length + 1);
        const inside = directory === '.' || file.startsWith(`${directory}/`);
        return inside && !name.includes('/') ? [name] : [];
      }),
    memo: <T>(key: string, compute: () => T): T => {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}

/** The gemspec under test. */
export const file = 'gems/acme/acme.gemspec';

/** A gemspec of `acme` with further lines in its block. */
export function gemspec(...lines: string[]): string {
  return `Gem::Specification.new do |s|\n  s.name = "acme"\n${lines.map((line) => `  ${line}\n`).join('')}end\n`;
}

export function read(files: Files | string): ReturnType<typeof rubygems.format.read> {
  const all = typeof files === 'string' ? { [file]: files } : files;
  return rubygems.format.read(sourceOf(file, all[file] ?? ''), readerOf(all));
}

export function manifestOf(
  files: Files | string,
): NonNullable<Extract<ReturnType<typeof read>, { ok: true }>['value']> {
  const result = read(files);
  if (!result.ok) throw result.problems[0];
  if (!result.value) throw new Error('no manifest');
  return result.value;
}
