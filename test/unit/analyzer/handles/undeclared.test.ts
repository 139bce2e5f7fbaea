import { samples } from '../expectLeaks';

const oracle = "const oracledb = require('oracledb');\n";

samples(
  'handles in names that nobody has declared',
  [
    {
      name: 'one that only its rows leave',
      path: 'src/driver.js',
      code: `${oracle}module.exports = {
  async version(options) {
    client = await oracledb.getConnection(options); // leak handle/mysql-pool-connection
    const { rows } = await client.execute('SELECT banner FROM v$version');
    return { rows };
  },
};`,
    },
    {
      name: 'one of which a part goes to the caller',
      path: 'src/driver.js',
      code: `${oracle}module.exports = {
  async connect(options) {
    client = await oracledb.getConnection(options); // leak handle/mysql-pool-connection
    return { version: client.oracleServerVersion };
  },
};`,
    },
    {
      name: 'a name that another function declares and gives back',
      path: 'src/driver.js',
      code: `${oracle}module.exports = {
  async connect(options) {
    client = await oracledb.getConnection(options); // leak handle/mysql-pool-connection
    await client.ping();
  },
  wrap(client) {
    return { client };
  },
};`,
    },
  ],
  [
    {
      name: 'one that the caller gets in an object, and gives back to be closed',
      path: 'src/driver.js',
      code: `${oracle}module.exports = {
  async connect({ database, ...options }) {
    client = await oracledb.getConnection(options);
    if (database) await client.execute('ALTER SESSION SET CURRENT_SCHEMA = ' + database);
    return { client, database };
  },
  async close(handle) {
    return handle.client.close();
  },
};`,
    },
    {
      name: 'one that the caller gets itself',
      path: 'src/driver.js',
      code: `${oracle}exports.connect = async (options) => {
  client = await oracledb.getConnection(options);
  return client;
};`,
    },
  ],
);
