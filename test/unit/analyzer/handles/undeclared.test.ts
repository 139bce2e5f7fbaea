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
    {
      name: 'one beside another of the same name that the caller gets',
      path: 'src/relay.js',
      code: `const net = require('net');
exports.dial = (port) => {
  line = net.connect(port);
  return { line };
};
exports.knock = (port) => {
  line = net.connect(port); // leak handle/net-socket
  line.write('knock');
};`,
    },
    {
      name: 'one beside another that is only given away under a condition',
      path: 'src/relay.js',
      code: `const net = require('net');
exports.dial = (port, take) => {
  line = net.connect(port);
  if (take) take(line);
};
exports.knock = function (port) {
  line = net.connect(port); // leak handle/net-socket
  line.on('connect', () => line.write('knock'));
};`,
    },
  ],
  [
    {
      name: 'one that another function gives to who asks for it',
      path: 'src/relay.js',
      code: `const net = require('net');
exports.dial = (port) => {
  line = net.connect(port);
};
exports.current = () => {
  return { line };
};`,
    },
    {
      name: 'one that is made in a callback and given by the function around it',
      path: 'src/relay.js',
      code: `const net = require('net');
exports.dial = (ports) => {
  ports.slice(0, 1).forEach((port) => {
    line = net.connect(port);
  });
  return { line };
};`,
    },
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
