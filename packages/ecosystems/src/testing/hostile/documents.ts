type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const wrongTypes: readonly (readonly [what: string, value: Json])[] = [
  ...([
    ['null', null],
    ['a truth', true],
    ['a number', 1e308],
  ] as const),
  ...([
    ['a list', []],
    ['an object', {}],
    ['a list of lists', [[['x']]]],
  ] as const),
];

/** A document with one of its fields of another type; a field that is of the type is passed over. */
export function mistyped(
  document: { readonly [key: string]: Json },
  fields: readonly string[],
): (readonly [what: string, text: string])[] {
  return fields.flatMap((field) =>
    wrongTypes
      .filter(([, value]) => kindOf(value) !== kindOf(document[field] ?? null))
      .map(([what, value]) => {
        return [
          `${what} for \`${field}\``,
          JSON.stringify({ ...document, [field]: value }),
        ] as const;
      }),
  );
}

function kindOf(value: Json): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}

/**
 * Texts that are no document of the kind, whatever it is. `having` puts a further member to where it is kept; at the end
 * of the document, if nothing else is said.
 */
export function brokenDocuments(
  text: string,
  random: () => number,
  having: (member: string) => string = (member) => `${text.slice(0, -1)},${member}}`,
): (readonly [string, string | Uint8Array])[] {
  const cuts = Array.from({ length: 12 }, () => Math.floor(random() * (text.length - 1)));
  const last = text.lastIndexOf('}');
  const deep = 200_000;
  return [
    ...['', 'null', 'true', '0', '""', '[]', '[{}]', '{}', '{"":{}}'].map(
      (each) => [`the JSON ${each}`, each] as const,
    ),
    ['a list around it', `[${text}]`],
    ['it twice', text + text],
    ['a comma too many', `${text.slice(0, last)},}`],
    [
      'a byte that is no UTF-8',
      Buffer.concat([
        Buffer.from(text.slice(0, last)),
        Buffer.from(',"description":"'),
        Buffer.of(0xc3, 0x28, 0xff),
        Buffer.from('"}'),
      ]),
    ],
    ['a text with a NUL', having('"description":"a\\u0000b"')],
    ['half of a surrogate pair', having('"description":"a\\ud800b"')],
    ['a list without end', having(`"keywords":${'['.repeat(deep)}${']'.repeat(deep)}`)],
    ['objects without end', having(`"keywords":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`)],
    ['a list that never closes', '['.repeat(deep)],
    ['XML', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "&b;&b;">]><a>&b;</a>'],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ...[...new Set(cuts)].map((at) => [`it cut at ${at}`, text.slice(0, at)] as const),
  ];
}
