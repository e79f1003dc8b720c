const { existsSync, readFileSync, rmSync } = require('node:fs');
const path = require('node:path');
const { stopPostgresServer } = require('../src/testing/postgres-server');

/** Ends the PostgreSQL that the suites of this run shared, if one of them needed it. */
module.exports = () => {
  const directory = process.env.FORGE_SHARED_POSTGRES;
  for (const name of ['server.json', 'server.json.new']) {
    const file = path.join(directory, name);
    if (existsSync(file)) stopPostgresServer(JSON.parse(readFileSync(file, 'utf8')));
  }
  rmSync(directory, { recursive: true, force: true });
};
