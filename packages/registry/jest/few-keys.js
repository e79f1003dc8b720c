const crypto = require('node:crypto');
const { promisify } = require('node:util');

/** More than stores that one test compares, so that what one of them signed is not what another one signs. */
const count = 3;

const make = promisify(crypto.generateKeyPair);
const made = [];
let turn = 0;

/** A key of RSA takes a processor a third of a second, and every store has one: here they take turns with a few. */
function takeTurns(type, options) {
  if (type !== 'rsa' || options.modulusLength !== 2048 || Object.keys(options).length > 1)
    return make(type, options);
  const which = turn++ % count;
  return (made[which] ??= make(type, options));
}

crypto.generateKeyPair = Object.assign(
  (type, options, done) => {
    const answer = ({ publicKey, privateKey }) => done(null, publicKey, privateKey);
    takeTurns(type, options).then(answer, done);
  },
  { [promisify.custom]: takeTurns },
);
