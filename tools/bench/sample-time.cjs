// The clocks of a sample: times are [ms on a processor, ms on the clock].
const { existsSync, readFileSync } = require('node:fs');

function now() {
  return [onProcessor(), performance.now()];
}

function since(start) {
  return now().map((time, at) => time - start[at]);
}

/**
 * Milliseconds that the main thread was on a processor: what other programs on the machine take does not count.
 * Linux counts it per thread in nanoseconds; elsewhere the clock has to do.
 */
function onProcessor() {
  const file = '/proc/self/schedstat';
  if (!existsSync(file)) return performance.now();
  return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
}

module.exports = { now, since };
