/** A field of a protocol buffers message (wire types 0 and 2); undefined and empty repetitions are left out. */
export type Field = readonly [number: number, value: FieldValue];
export type FieldValue =
  undefined | boolean | number | string | Uint8Array | readonly (string | Uint8Array)[];

const varintType = 0;
const bytesType = 2;

/** Encodes one message; repeated fields are given as an array. */
export function message(...fields: readonly Field[]): Uint8Array {
  return Buffer.concat(fields.flatMap(([number, value]) => encode(number, value)));
}

/** A packed repetition of small integers. */
export function packed(values: readonly number[]): Uint8Array | undefined {
  return values.length === 0 ? undefined : Buffer.concat(values.map(varint));
}

function encode(number: number, value: FieldValue): Buffer[] {
  if (value === undefined) return [];
  if (typeof value === 'boolean' || typeof value === 'number')
    return [varint((number << 3) | varintType), varint(Number(value))];
  if (Array.isArray(value))
    return (value as readonly (string | Uint8Array)[]).flatMap((each) => encode(number, each));
  const content = Buffer.from(value as Uint8Array);
  return [varint((number << 3) | bytesType), varint(content.length), content];
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.of(...bytes, rest);
}
