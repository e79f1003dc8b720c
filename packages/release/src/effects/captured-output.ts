/** What a piece of work printed, and what came of it. */
export interface Captured<T> {
  readonly text: string;
  readonly outcome: { readonly value: T } | { readonly error: unknown };
}

/**
 * Keeps what is printed while something runs from the terminal. Nx tells every file and every step of its own, and
 * ends the process where its configuration is wrong: then the text is all that there is, and is printed after all.
 */
export async function captureOutput<T>(work: () => Promise<T>): Promise<Captured<T>> {
  const chunks: string[] = [];
  const streams = [process.stdout, process.stderr] as const;
  const originals = streams.map((stream) => stream.write.bind(stream));
  const take = (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const callback = rest.find((each) => typeof each === 'function');
    if (callback) (callback as () => void)();
    return true;
  };
  const giveBack = (): void => {
    for (const [at, stream] of streams.entries())
      stream.write = originals[at] as typeof stream.write;
  };
  const onExit = (): void => {
    giveBack();
    process.stderr.write(chunks.join(''));
  };
  for (const stream of streams) stream.write = take;
  process.on('exit', onExit);
  try {
    return { outcome: { value: await work() }, text: chunks.join('') };
  } catch (error) {
    return { outcome: { error }, text: chunks.join('') };
  } finally {
    process.off('exit', onExit);
    giveBack();
  }
}
