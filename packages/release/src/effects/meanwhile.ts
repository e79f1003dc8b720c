/** Works once the questions that were put before are on their way: what keeps this process busy costs no time then. */
export async function meanwhile<T>(work: () => Promise<T>): Promise<T> {
  await new Promise(setImmediate);
  return work();
}
