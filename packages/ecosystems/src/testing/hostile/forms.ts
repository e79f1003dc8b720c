import type { KitUpload } from '../conformance-kit';
import type { HostileUpload } from './hostile-upload';

type Request = KitUpload['request'];

/** A sound form of `writeMultipart`, spoilt where forms can be; `file` is the name of the field with the file. */
export function hostileForms(request: Request, file: string): HostileUpload[] {
  const text = Buffer.from(request.body).toString('latin1');
  const boundary = boundaryOf(request);
  const spoilt: readonly (readonly [what: string, text: string])[] = [
    ['no closing boundary', text.replace(`\r\n--${boundary}--\r\n`, '')],
    ['a closing boundary that is cut', text.replace(`--${boundary}--\r\n`, `--${boundary}-`)],
    ['another boundary in the body', text.replaceAll(boundary, 'elsewhere')],
    ['a first boundary with one dash', text.slice(1)],
    ['boundaries that end with LF', text.replaceAll(`${boundary}\r\n`, `${boundary}\n`)],
    ['only LF', text.replaceAll('\r\n', '\n')],
    ['only the closing boundary', `--${boundary}--\r\n`],
    ['a part without a header', text.replace(/Content-Disposition[^\r]*\r\n/, '')],
    ['parts without names', text.replace(/ name="[^"]*";?/g, '')],
    ['parts that are attachments', text.replaceAll('form-data;', 'attachment;')],
    ['a header without a colon', text.replaceAll('Content-Disposition:', 'Content-Disposition')],
    [
      'a header of 20 KB',
      text.replace('Content-Disp', `X-Long: ${'x'.repeat(20_000)}\r\nContent-Disp`),
    ],
    ['20,000 fields', many(text, boundary, 20_000)],
    [`no \`${file}\``, text.replaceAll(`name="${file}"`, 'name="other"')],
    [
      `\`${file}\` by another case`,
      text.replaceAll(`name="${file}"`, `name="${file.toUpperCase()}"`),
    ],
    [
      'a form in a form',
      text.replace(/(filename="[^"]*"\r\n\r\n)[^]*(?=\r\n--forge-)/, `$1--inner\r\nx\r\n--inner--`),
    ],
  ];
  return [
    ...spoilt.map(([what, other]) => ({
      what,
      request: { ...request, body: Buffer.from(other, 'latin1') },
    })),
    ...contentTypes(request),
  ];
}

function boundaryOf({ headers = {} }: Request): string {
  return headers['content-type']?.split('boundary=')[1] ?? '';
}

function many(text: string, boundary: string, count: number): string {
  const field = `--${boundary}\r\nContent-Disposition: form-data; name="x"\r\n\r\n\r\n`;
  return field.repeat(count) + text;
}

function contentTypes(request: Request): HostileUpload[] {
  const boundary = boundaryOf(request);
  const types = [
    ...['', 'application/json', 'multipart/form-data', 'multipart/form-data; boundary='],
    ...['multipart/form-data; boundary=""', 'multipart/form-data; boundary=other', 'multipart'],
    ...[`multipart/mixed; boundary=${boundary}`, `multipart/form-data, boundary=${boundary}`],
    ...[
      `multipart/form-data; boundary=${'x'.repeat(71)}`,
      `multipart/form-data; boundary="${boundary}`,
    ],
    ...[
      'application/x-www-form-urlencoded',
      'text/plain',
      `form-data; boundary=${boundary}`,
      ';;;',
    ],
  ];
  return types.map((type) => ({
    what: `the type \`${type}\``,
    request: { ...request, headers: { ...request.headers, 'content-type': type } },
  }));
}

/** The form with other text in one of its fields. */
export function withField(request: Request, field: string, value: string): Request {
  const head = `name="${field}"\r\n\r\n`;
  const whole = Buffer.from(request.body);
  const start = whole.indexOf(head) + head.length;
  const end = whole.indexOf(`\r\n--${boundaryOf(request)}`, start);
  const body = Buffer.concat([whole.subarray(0, start), Buffer.from(value), whole.subarray(end)]);
  return { ...request, body };
}

/** The form without one of its fields. */
export function withoutField(request: Request, field: string): Request {
  const whole = Buffer.from(request.body);
  const boundary = boundaryOf(request);
  const named = whole.indexOf(`name="${field}"`);
  const start = whole.lastIndexOf(`--${boundary}`, named);
  const end = whole.indexOf(`--${boundary}`, named);
  return { ...request, body: Buffer.concat([whole.subarray(0, start), whole.subarray(end)]) };
}
