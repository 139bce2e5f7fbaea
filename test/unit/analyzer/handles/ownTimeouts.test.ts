import { samples } from '../expectLeaks';

const probe = (timeout: string, mark = ''): string => `import net from 'node:net';
export function isOpen(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port); ${mark}
    ${timeout}
    socket.once('connect', () => {
      socket.end();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
`;
const leak = '// leak handle/net-socket';

samples(
  'Sockets whose time limit settles the work, and HTTP/2 sessions',
  [
    {
      name: 'the event of the time limit',
      code: probe("socket.setTimeout(500);\n    socket.once('timeout', () => resolve(false));", leak),
    },
    { name: 'its callback', code: probe('socket.setTimeout(500, () => resolve(false));', leak) },
    {
      name: 'a session that only the answer closes',
      code: `import http2 from 'node:http2';
export function ask(origin) {
  return new Promise((resolve, reject) => {
    const session = http2.connect(origin); // leak handle/http2-session
    session.on('error', reject);
    const request = session.request({ ':path': '/' });
    request.on('error', reject);
    request.on('end', () => {
      session.close();
      resolve();
    });
    request.end();
  });
}
`,
    },
    {
      name: 'a session that nobody closes',
      code: `import { connect } from 'http2';
export function ask(origin) {
  const session = connect(origin); // leak handle/http2-session
  session.request({ ':path': '/' }).end();
}
`,
    },
  ],
  [
    {
      name: 'the time limit destroys it',
      code: probe(
        "socket.setTimeout(500);\n    socket.once('timeout', () => {\n      socket.destroy();\n      resolve(false);\n    });",
      ),
    },
    { name: 'it has no time limit', code: probe('') },
    {
      name: 'the request closes the session whatever comes',
      code: `import http2 from 'node:http2';
export function ask(origin) {
  return new Promise((resolve, reject) => {
    const session = http2.connect(origin);
    const request = session.request({ ':path': '/' });
    request.on('error', reject);
    request.on('end', resolve);
    request.on('close', () => session.close());
    request.end();
  });
}
`,
    },
    {
      name: 'a session that its own handler ends',
      code: `import http2 from 'node:http2';
export function ask(origin, done) {
  const session = http2.connect(origin, function () {
    this.request({ ':path': '/' }).on('response', () => this.destroy());
  });
  session.on('error', done);
}
`,
    },
    {
      name: 'a session that is kept',
      code: `import http2 from 'node:http2';
const sessions = new Map();
export function sessionOf(origin) {
  let session = sessions.get(origin);
  if (!session) {
    session = http2.connect(origin);
    session.on('close', () => sessions.delete(origin));
    sessions.set(origin, session);
  }
  return session;
}
`,
    },
  ],
);
