import { samples } from '../expectLeaks';

const opening = (
  limit: string,
  mark = '',
  around: readonly [string, string] = ['', ''],
): string => `import net from 'node:net';
export function open(port, host) {
  ${around[0]}return new Promise((resolve, reject) => {
    const socket = net.connect(port, host); ${mark}
    socket.setTimeout(2000);
    ${limit}
    socket.on('error', reject);
    socket.on('connect', () => resolve(socket));
  })${around[1]};
}
`;
const binding = (onTimeout: string, opened: string, mark = ''): string => `import net from 'node:net';
export function createBinding(options) {
  return async function () {
    const socket = new net.Socket(); ${mark}
    function forget() {
      socket.removeAllListeners('timeout');
      socket.removeAllListeners('connect');
    }
    function open() {
      return new Promise((resolve, reject) => {
        const onTimeout = () => {
          ${onTimeout}
          reject(new Error('no answer'));
        };
        socket.setTimeout(5000);
        socket.once('timeout', onTimeout);
        socket.once('connect', () => {
          forget();
          resolve();
        });
        socket.connect(options);
      });
    }
    function close() {
      forget();
      socket.destroy();
    }
    ${opened}
    return {
      write(data) {
        socket.write(data);
      },
      close() {
        close();
      },
    };
  };
}
`;
const leak = '// leak handle/net-socket';

samples(
  'Sockets whose time limit rejects what is waited for',
  [
    {
      name: 'one that would be given out',
      code: opening("socket.on('timeout', () => reject(new Error('late')));", leak),
    },
    {
      name: 'the callback of the limit',
      code: opening('socket.setTimeout(100, () => reject(new Error(host)));', leak),
    },
    { name: 'one that only who was given it can close', code: binding('forget();', 'await open();', leak) },
    {
      name: 'one that is destroyed only if somebody asks for it',
      code: opening(
        "socket.on('timeout', () => {\n      reject(new Error('late'));\n    });\n    socket.on('data', (data) => {\n      if (data.length === 0) socket.destroy();\n    });",
        leak,
      ),
    },
  ],
  [
    {
      name: 'a handler that destroys it',
      code: opening("socket.on('timeout', () => {\n      socket.destroy();\n      reject(new Error('late'));\n    });"),
    },
    {
      name: 'a handler that has it destroyed',
      code: opening(
        "const fail = (error) => {\n      socket.destroy(error);\n      reject(error);\n    };\n    socket.on('timeout', () => fail(new Error('late')));",
      ),
    },
    { name: 'a limit that only tells', code: opening("socket.on('timeout', () => console.warn(host));") },
    {
      name: 'one that is closed when opening fails',
      code: binding('forget();', 'await open().catch((error) => {\n      close();\n      throw error;\n    });'),
    },
    {
      name: 'one that is closed in a catch',
      code: binding(
        'forget();',
        'try {\n      await open();\n    } catch (error) {\n      close();\n      throw error;\n    }',
      ),
    },
    {
      name: 'a timer that destroys it in any case',
      code: opening(
        "socket.on('timeout', () => reject(new Error('late')));\n    setTimeout(() => socket.destroy(), 5000);",
      ),
    },
  ],
);
