/** What a workflow is made of: no dates, no anchors, no tags. */
export type Yaml = string | number | boolean | readonly Yaml[] | YamlMap;

export interface YamlMap {
  readonly [key: string]: Yaml | undefined;
}

/** Block style with two spaces, keys in their order; keys without a value are left out. Ends with a line break. */
export function writeYaml(map: YamlMap): string {
  return `${mapLines(map).join('\n')}\n`;
}

function mapLines(map: YamlMap): string[] {
  return Object.entries(map).flatMap(([key, value]) =>
    value === undefined ? [] : entryLines(keyText(key), value),
  );
}

function entryLines(key: string, value: Yaml): string[] {
  if (typeof value !== 'object') return scalarLines(`${key}: `, value);
  const inner = isList(value) ? value.flatMap(itemLines) : mapLines(value);
  if (inner.length === 0) return [`${key}: ${isList(value) ? '[]' : '{}'}`];
  return [`${key}:`, ...inner.map(deeper)];
}

function itemLines(item: Yaml): string[] {
  if (typeof item !== 'object') return scalarLines('- ', item);
  if (isList(item)) throw new TypeError('a list directly in a list has no place in a workflow');
  const [first = '{}', ...rest] = mapLines(item);
  return [`- ${first}`, ...rest.map(deeper)];
}

/** Text of several lines stands as a literal block. */
function scalarLines(start: string, value: string | number | boolean): string[] {
  if (typeof value !== 'string' || !value.includes('\n')) return [`${start}${scalar(value)}`];
  const isEnded = value.endsWith('\n');
  const lines = (isEnded ? value.slice(0, -1) : value).split('\n');
  return [`${start}${isEnded ? '|' : '|-'}`, ...lines.map(deeper)];
}

/** Words that some reader of YAML takes for something else than text. */
const ambiguous = /^(?:true|false|null|yes|no|y|n|on|off|~)$/i;

/** Plain where no reader can take it for anything else, else in single quotes. */
function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const isPlain =
    /^[A-Za-z$/_][^\n]*$/.test(value) && !/: |:$| #| $/.test(value) && !ambiguous.test(value);
  return isPlain ? value : `'${value.replaceAll("'", "''")}'`;
}

/** `on` stays as it is: GitHub reads YAML 1.2, where it is a word like any other. */
function keyText(key: string): string {
  return /^[A-Za-z_][\w -]*$/.test(key) ? key : scalar(key);
}

function deeper(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

function isList(value: readonly Yaml[] | YamlMap): value is readonly Yaml[] {
  return Array.isArray(value);
}
