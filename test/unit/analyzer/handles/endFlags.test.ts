import { samples } from '../expectLeaks';

const wake = (end: string, isLeak = false): string => `import dgram from 'node:dgram';
export function wake(port, packet, done) {
  const socket = dgram.createSocket('udp4');${isLeak ? ' // leak handle/udp-socket' : ''}
  let settled = false;
  socket.once('error', (error) => {
    if (settled) return;
    ${end}
    done(error);
  });
  socket.send(packet, port, 'localhost', (error) => {
    if (settled) return;
    settled = true;
    socket.close();
    done(error);
  });
}`;

samples(
  'ways out by a flag that may be set without the release',
  [
    { name: 'never beside it', code: wake('settled = true;', true) },
    { name: 'on a condition', code: wake('settled = true;\n    if (error.fatal) socket.close();', true) },
    {
      name: 'behind an early way out',
      code: wake('settled = true;\n    if (!error.fatal) return done();\n    socket.close();', true),
    },
    {
      name: 'in a handler of something else',
      code: wake("settled = true;\n    process.once('SIGHUP', () => socket.close());", true),
    },
    {
      name: 'from the beginning, as it may be',
      code: wake('settled = true;\n    socket.close();', true).replace('settled = false', 'settled = port === 0'),
    },
  ],
  [
    { name: 'with the release', code: wake('settled = true;\n    socket.close();') },
    { name: 'right after the release', code: wake('socket.close();\n    console.error(error);\n    settled = true;') },
    {
      name: 'in a function that all come to',
      code: `import dgram from 'node:dgram';
export function wake(port, packet, done) {
  const socket = dgram.createSocket('udp4');
  let isOver = false;
  const finish = (error) => {
    if (isOver) return;
    isOver = true;
    socket.close();
    done(error);
  };
  socket.on('error', finish);
  socket.bind(() => {
    if (isOver) return;
    socket.setBroadcast(true);
    socket.send(packet, port, '255.255.255.255', (error) => {
      if (isOver === true) return;
      finish(error);
    });
  });
}`,
    },
  ],
);
