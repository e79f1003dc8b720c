/** Bytes in Ruby's Marshal format 4.8 (https://docs.ruby-lang.org/en/3.4/marshal_rdoc.html), without links between equal objects. */
export type Marshalled = Buffer;

/** A complete dump: the version of the format, then one object. */
export function dump(object: Marshalled): Buffer {
  return Buffer.concat([Buffer.from([4, 8]), object]);
}

export const nil: Marshalled = Buffer.from('0');
export const yes: Marshalled = Buffer.from('T');
export const no: Marshalled = Buffer.from('F');

export function integer(value: number): Marshalled {
  return Buffer.concat([Buffer.from('i'), number(value)]);
}

/** A string in UTF-8, which is an instance variable `E` of it. */
export function string(text: string): Marshalled {
  const flag = Buffer.concat([number(1), symbol('E'), yes]);
  return Buffer.concat([Buffer.from('I"'), sized(Buffer.from(text, 'utf8')), flag]);
}

export function symbol(name: string): Marshalled {
  return Buffer.concat([Buffer.from(':'), sized(Buffer.from(name, 'utf8'))]);
}

export function array(items: readonly Marshalled[]): Marshalled {
  return Buffer.concat([Buffer.from('['), number(items.length), ...items]);
}

export const emptyHash: Marshalled = Buffer.concat([Buffer.from('{'), number(0)]);

/** An object by its instance variables. */
export function object(
  className: string,
  variables: Readonly<Record<string, Marshalled>>,
): Marshalled {
  const pairs = Object.entries(variables).flatMap(([name, value]) => [symbol(name), value]);
  const count = number(Object.keys(variables).length);
  return Buffer.concat([Buffer.from('o'), symbol(className), count, ...pairs]);
}

/** An object of a class with `marshal_dump`, by what that answers. */
export function dumpedObject(className: string, content: Marshalled): Marshalled {
  return Buffer.concat([Buffer.from('U'), symbol(className), content]);
}

/** An object of a class with `_dump`, by the bytes that that answers. */
export function dumpedBytes(className: string, content: Buffer): Marshalled {
  return Buffer.concat([Buffer.from('u'), symbol(className), sized(content)]);
}

function sized(bytes: Buffer): Buffer {
  return Buffer.concat([number(bytes.length), bytes]);
}

/** Small numbers are one byte and moved by five; others tell their count of bytes, the lowest first. */
function number(value: number): Buffer {
  if (value === 0) return Buffer.from([0]);
  if (value < 123) return Buffer.from([value + 5]);
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256);
  return Buffer.from([bytes.length, ...bytes]);
}
