/** A function of a module says more by its name than that methods of unknown objects are called so, too. */
import { samples } from '../expectLeaks';

samples(
  'what a function of a library opens, where methods of that name are known too',
  [
    {
      name: 'the default import of the library',
      code: `import oracledb from 'oracledb';
export async function count(connectString: string) {
  let connection;
  try {
    connection = await oracledb.getConnection({ connectString }); // leak handle/mysql-pool-connection
    const { rows } = await connection.execute('select 1 from dual');
    return rows.length;
  } finally {
    console.log('counted');
  }
}`,
    },
    {
      name: 'all of it under one name',
      code: `import * as db from 'oracledb';
export async function ping(connectString: string) {
  const connection = await db.getConnection({ connectString }); // leak handle/mysql-pool-connection
  await connection.ping();
}`,
    },
    {
      name: 'required, and closed on one way out only',
      code: `const oracledb = require('oracledb');
async function first(connectString) {
  const connection = await oracledb.getConnection({ connectString }); // leak handle/mysql-pool-connection
  const { rows } = await connection.execute('select name from users');
  if (rows.length === 0) return undefined;
  await connection.close();
  return rows[0];
}
module.exports = { first };`,
    },
  ],
  [
    {
      name: 'closed in finally',
      code: `import oracledb from 'oracledb';
export async function count(connectString: string) {
  const connection = await oracledb.getConnection({ connectString });
  try {
    const { rows } = await connection.execute('select 1 from dual');
    return rows.length;
  } finally {
    await connection.close();
  }
}`,
    },
    {
      name: 'given to the caller',
      code: `import oracledb from 'oracledb';
export async function open(connectString: string) {
  const connection = await oracledb.getConnection({ connectString });
  return connection;
}`,
    },
    {
      name: 'a method of something unknown that has the name',
      code: `import { registry } from './registry';
export async function ping(name: string) {
  const connection = await registry.getConnection(name);
  await connection.ping();
}`,
    },
  ],
);
