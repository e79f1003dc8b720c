import { parseMultipart } from './multipart';

const type = 'multipart/form-data; boundary=frontier';
const body = (...lines: string[]): Uint8Array => Buffer.from(lines.join('\r\n'), 'latin1');
const field = (name: string, value: string): string[] => [
  '--frontier',
  `Content-Disposition: form-data; name="${name}"`,
  '',
  value,
];
const file = [
  '--frontier',
  'Content-Disposition: form-data; name="content"; filename="a-1.0.tar.gz"',
  'Content-Type: application/octet-stream',
  '',
];

describe('parseMultipart', () => {
  it('reads fields in order, repeated names included', () => {
    const parsed = parseMultipart(
      type,
      body(...field('name', 'a'), ...field('tag', '1'), ...field('tag', ''), '--frontier--', ''),
    );
    expect(parsed).toMatchObject({ ok: true });
    if (!parsed.ok) return;
    expect(parsed.value.map((part) => [part.name, Buffer.from(part.bytes).toString()])).toEqual([
      ['name', 'a'],
      ['tag', '1'],
      ['tag', ''],
    ]);
  });

  it('keeps every byte of a file, line ends and lookalikes of the boundary included', () => {
    const bytes = 'a\r\n\0\xff--frontier\r\n-frontier\r\n';
    const parsed = parseMultipart(type, body(...file, bytes, '--frontier--'));
    if (!parsed.ok) throw parsed.problems[0];
    expect(parsed.value[0]).toMatchObject({ name: 'content', filename: 'a-1.0.tar.gz' });
    expect(parsed.value[0]?.headers['content-type']).toBe('application/octet-stream');
    expect(Buffer.from(parsed.value[0]?.bytes ?? []).toString('latin1')).toBe(bytes);
  });

  it('accepts a quoted boundary and unquoted parameters', () => {
    const parsed = parseMultipart(
      'multipart/form-data; charset=utf-8; boundary="frontier"',
      body('--frontier', 'content-disposition: form-data; name=a', '', '1', '--frontier--'),
    );
    expect(parsed).toMatchObject({ ok: true, value: [{ name: 'a' }] });
  });

  it.each([
    ['another content type', 'application/json', body(...field('a', '1'), '--frontier--')],
    ['no boundary', 'multipart/form-data', body(...field('a', '1'), '--frontier--')],
    ['no content type', undefined, body(...field('a', '1'), '--frontier--')],
    ['an empty body', type, body()],
    ['a body that is cut off', type, body(...field('a', '1'))],
    ['a field without a name', type, body('--frontier', 'X: y', '', '1', '--frontier--')],
    ['a field without a header', type, body('--frontier', '', '1', '--frontier--')],
    ['a header without end', type, body('--frontier', 'X: y', '--frontier--')],
  ])('refuses %s', (_, contentType, bytes) => {
    expect(parseMultipart(contentType, bytes)).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-R001' }],
    });
  });
});
