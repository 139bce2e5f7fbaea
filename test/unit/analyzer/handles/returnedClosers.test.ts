import { samples } from '../expectLeaks';

const mysql = `const mysql = require('mysql');
const pool = mysql.createPool({});
`;
const fs = "const fs = require('node:fs');\n";

samples(
  'closers that a helper makes',
  [
    {
      name: 'a way out on which the plain callback is called',
      path: 'src/peek.js',
      code: `${fs}function closing(fd, done) {
  return (error, value) => fs.close(fd, () => done(error, value));
}
exports.peek = function peek(path, done) {
  fs.open(path, 'r', (error, fd) => { // leak handle/fs-descriptor
    if (error) return done(error);
    const end = closing(fd, done);
    fs.fstat(fd, (failed, stat) => {
      if (failed) return end(failed);
      if (stat.size === 0) return done(null, '');
      end(null, stat.size);
    });
  });
};`,
    },
    {
      name: 'a closer that is called on one of two answers',
      path: 'src/count.js',
      code: `${mysql}const givingBack = (connection) => {
  const back = () => { connection.release(); };
  return back;
};
exports.count = (table, done) => {
  pool.getConnection((error, connection) => { // leak handle/mysql-pool-connection
    if (error) return done(error);
    const back = givingBack(connection);
    connection.query('select 1', (failed, rows) => {
      if (failed) return done(failed);
      back();
      done(null, rows.length);
    });
  });
};`,
    },
  ],
  [
    {
      name: 'one that each way out calls',
      path: 'src/peek.js',
      code: `${fs}function closing(fd, done) {
  return (error, value) => fs.close(fd, () => done(error, value));
}
exports.peek = function peek(path, done) {
  fs.open(path, 'r', (error, fd) => {
    if (error) return done(error);
    const end = closing(fd, done);
    fs.fstat(fd, (failed, stat) => {
      if (failed) return end(failed);
      if (stat.size === 0) return end(null, '');
      end(null, stat.size);
    });
  });
};`,
    },
    {
      name: 'work with what the closer has not given back yet',
      path: 'src/count.js',
      code: `${mysql}function givingBack(connection, done) {
  return function (error, value) {
    connection.release();
    done(error, value);
  };
}
exports.count = (table, done) => {
  pool.getConnection((error, connection) => {
    if (error) return done(error);
    const end = givingBack(connection, done);
    connection.query('select 1', (failed, rows) => {
      if (failed) return end(failed);
      end(null, rows.length);
    });
  });
};`,
    },
    {
      name: 'a closer that somebody else is given',
      path: 'src/peek.js',
      code: `${fs}function closing(fd, done) {
  return (error, value) => fs.close(fd, () => done(error, value));
}
exports.peek = function peek(path, read, done) {
  fs.open(path, 'r', (error, fd) => {
    if (error) return done(error);
    read(fd, closing(fd, done));
  });
};`,
    },
  ],
);
