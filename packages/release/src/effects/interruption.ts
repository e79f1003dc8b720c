/**
 * Says something and ends this process when it is interrupted from outside, instead of ending it without a word.
 * Answers what takes that back. 130 and 143 are what shells expect.
 */
export function onInterruption(say: () => void): () => void {
  const interrupted = (): void => end(130);
  const terminated = (): void => end(143);
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', terminated);
  return () => {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', terminated);
  };

  function end(code: number): void {
    say();
    process.exit(code);
  }
}
