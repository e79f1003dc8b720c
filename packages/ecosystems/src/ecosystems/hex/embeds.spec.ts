import { readerOf, sourceOf, type Files } from '../../testing';
import { format } from './manifest';

const crate = { 'app/native/app/Cargo.toml': '', 'app/native/fast/Cargo.toml': '' };

function embeds(settings: string, others: Files) {
  const text = `defmodule P do
  use Mix.Project
  def project, do: [app: :app, version: "1.0.0", ${settings}]
end
`;
  const read = format.read(
    sourceOf('app/mix.exs', text),
    readerOf({ ...crate, ...others, 'app/mix.exs': text }),
  );
  return read.ok ? read.value?.embeds : read.problems;
}

const rustler = 'deps: [{:rustler, "~> 0.36", runtime: false}]';
const native = (use: string): Files => ({
  'app/lib/app/native.ex': `defmodule N do\n  ${use}\nend\n`,
});

describe('crates inside an application', () => {
  it('need Rustler', () => {
    expect(embeds('deps: []', {})).toEqual([]);
  });

  it('default to the name of the application', () => {
    expect(embeds(rustler, {})).toEqual([
      { manifest: 'app/native/app/Cargo.toml', via: 'dependency rustler', ships: 'source' },
    ]);
  });

  it.each([
    ['use Rustler, otp_app: :app, crate: "fast"', 'use Rustler', 'source'],
    ['use Rustler,\n    otp_app: :app,\n    crate: :fast', 'use Rustler', 'source'],
    ['use RustlerPrecompiled, otp_app: :app, crate: "fast"', 'use RustlerPrecompiled', 'binary'],
  ])('are named by `%s`', (use, via, ships) => {
    expect(embeds(rustler, native(use))).toEqual([
      { manifest: 'app/native/fast/Cargo.toml', via, ships },
    ]);
  });

  it('are named by rustler_crates', () => {
    expect(embeds('rustler_crates: [x: [path: "native/fast", mode: :release]]', {})).toEqual([
      { manifest: 'app/native/fast/Cargo.toml', via: 'rustler_crates', ships: 'source' },
    ]);
  });
});
