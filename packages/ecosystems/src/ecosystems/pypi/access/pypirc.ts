/** Sections of a `.pypirc` with their keys, as Python's configparser reads them without interpolation. */
export function readPypirc(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let keys = new Map<string, string>();
  let last: string | undefined;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, section] = /^\[([^\]]+)\]/.exec(line) ?? [];
    const [, key, value] = /^([^#;\s[=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (section !== undefined) {
      keys = sections.get(section) ?? new Map();
      sections.set(section, keys);
      last = undefined;
    } else if (key !== undefined && value !== undefined) {
      last = key.toLowerCase();
      keys.set(last, value);
    } else if (last !== undefined && /^\s+\S/.test(line) && !/^\s*[#;]/.test(line)) {
      keys.set(last, `${keys.get(last) ?? ''}\n${line.trim()}`);
    }
  }
  return sections;
}
