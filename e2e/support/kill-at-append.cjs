// Loaded before a process by NODE_OPTIONS=--require. Ends it as a loss of power would, at one line of the journal of a
// release. FORGE_TEST_KILL says at which: `before`, `within` or `after`, and a pattern or a number, as in `after:7` or
// `before:step/upload/.*/done`; `stop` is like `after`, and the process only sleeps. Lines are named
// `event/step/subject/state`. Those that FORGE_TEST_SEEN lists count for nothing; a number counts the others.
const fs = require('node:fs');

const [side, wanted] = (process.env.FORGE_TEST_KILL ?? ':').split(/:(.*)/s);
const isCounted = /^\d+$/.test(wanted);
const pattern = new RegExp(`^(?:${wanted})$`);
const seen = new Set((process.env.FORGE_TEST_SEEN ?? '').split('\n'));
const { openSync, writeSync, closeSync } = fs;
let journal;
let due = false;
let count = 0;

const die = () => process.kill(process.pid, side === 'stop' ? 'SIGSTOP' : 'SIGKILL');

const nameOf = (text) => {
  const { event, step = '', subject = '', state = '' } = JSON.parse(text);
  return `${event}/${step}/${subject}/${state}`;
};

if (side !== '') {
  fs.openSync = (path, flags, ...rest) => {
    const file = openSync(path, flags, ...rest);
    if (flags === 'a' && String(path).endsWith('journal.jsonl')) journal = file;
    return file;
  };
  fs.writeSync = (file, text, ...rest) => {
    if (file !== journal) return writeSync(file, text, ...rest);
    const name = nameOf(text);
    // What was on disk before this process began is no step ahead.
    if (!seen.has(name)) {
      count += 1;
      due = isCounted ? count === Number(wanted) : pattern.test(name);
    }
    if (due && side === 'before') die();
    if (due && side === 'within') {
      writeSync(file, text.slice(0, text.length / 2));
      die();
    }
    return writeSync(file, text, ...rest);
  };
  fs.closeSync = (file) => {
    closeSync(file);
    if (file !== journal) return;
    journal = undefined;
    if (due) die();
    due = false;
  };
}
