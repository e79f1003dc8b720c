import { decodeSource, sourceOfText } from './source';

function decode(content: Uint8Array, toleratesLatin1 = false) {
  return decodeSource('a/Cargo.toml', content, { toleratesLatin1 });
}

describe('decoding a file', () => {
  it('takes the byte order mark off the text and remembers it', () => {
    expect(decode(Buffer.from('\ufeffa\n'))).toMatchObject({
      ok: true,
      value: { text: 'a\n', bom: true, encoding: 'utf8' },
    });
  });

  it.each([
    ['a\nb\n', '\n'],
    ['a\r\nb\r\n', '\r\n'],
    ['a\r\nb\n', 'mixed'],
    ['\na\r\n', 'mixed'],
    ['a', '\n'],
  ])('sees the line ends of %j', (text, eol) => {
    expect(decode(Buffer.from(text))).toMatchObject({ ok: true, value: { text, eol } });
  });

  it.each([
    ['UTF-16', Buffer.from('\ufeffname', 'utf16le'), 'holds NUL bytes'],
    ['binary', Buffer.from([0x1f, 0x8b, 0, 0]), 'holds NUL bytes'],
    ['latin1', Buffer.from('Jos\xe9', 'latin1'), 'is not valid UTF-8'],
  ])('refuses %s (FORGE-M003)', (_, bytes, why) => {
    expect(decode(bytes)).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-M003', what: expect.stringContaining(why) }],
    });
  });

  it('reads byte by byte where the tools of the ecosystem do', () => {
    expect(decode(Buffer.from('Jos\xe9', 'latin1'), true)).toMatchObject({
      ok: true,
      value: { text: 'José', encoding: 'latin1' },
    });
    expect(decode(Buffer.from('José'), true)).toMatchObject({ value: { encoding: 'utf8' } });
  });
});

describe('taking text that was decoded already', () => {
  it.each(['a\n', '\ufeffname = "José"\r\n', 'a\r\nb\n', ''])('means the same as %j', (text) => {
    const source = sourceOfText('a/Cargo.toml', text);
    const bytes = Buffer.from(text);
    const { file, bom, encoding, eol, text: content } = source ?? {};
    const same = { file, bytes: source?.bytes, bom, eol, text: content, encoding };
    expect({ ok: true, value: same }).toEqual(decode(bytes));
  });

  it.each([
    ['latin1', Buffer.from('Jos\xe9', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffname', 'utf16le')],
    ['binary', Buffer.from([97, 0, 98])],
    ['what was damaged before', Buffer.from('Jos\ufffd')],
  ])('leaves %s to whoever has the bytes', (_, bytes) => {
    expect(sourceOfText('a/Cargo.toml', bytes.toString('utf8'))).toBeUndefined();
  });
});
