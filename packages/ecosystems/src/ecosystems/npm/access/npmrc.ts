import type { AccessSettings, Environment } from '../../../model';

export interface NpmSetting {
  readonly value: string;
  readonly file: string;
}

/** One setting of the .npmrc files; the first file wins. */
export function npmSetting({ files, env }: AccessSettings, key: string): NpmSetting | undefined {
  for (const { file, text } of files) {
    const value = readNpmrc(text, env).get(key);
    if (value !== undefined) return { value, file };
  }
  return undefined;
}

/** `key = value` lines as npm 11 reads them (`ini` 5), with `${VARIABLE}` put in; of a key that stands twice the last counts. */
export function readNpmrc(text: string, env: Environment): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, key, value] = /^\s*([^;#[\s=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined)
      settings.set(expand(unquoted(key), env), expand(unquoted(value), env));
  }
  return settings;
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}

/** A variable that is not set stays as it is written, and with a `?` it is nothing (npm 11, `env-replace.js`). */
function expand(text: string, env: Environment): string {
  return text.replaceAll(
    /(?<!\\)\$\{([^${}?]+)(\??)\}/g,
    (written: string, name: string, optional: string) =>
      env[name] ?? (optional === '' ? written : ''),
  );
}
