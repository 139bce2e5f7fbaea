/** What the messages of a connection end, and its close leaves. */
import assert from 'node:assert/strict';
import { findingsOfFiles, samples } from '../expectLeaks';

const gateway = (body: string, close: string, more = ''): string => `import { WebSocketServer } from 'ws';
const server = new WebSocketServer({ port: 8080 });
server.on('connection', (peer) => {
${body}
  peer.on('close', () => {
    console.log('gone');${close}
  });${more}
});
`;
const beat = (
  mark = '',
  end = 'clearInterval(beat)',
): string => `  const beat = setInterval(() => peer.ping(), 1000);${mark}
  peer.on('error', () => {
    ${end};
  });`;
const prices = (mark = '') => `  const tell = (price) => peer.send(price);
  process.on('message', tell);${mark}
  peer.on('pause', () => {
    process.off('message', tell);
  });`;

samples(
  'what the close of a connection leaves',
  [
    { name: 'an interval that only an error clears', code: gateway(beat(' // leak listener/interval'), '') },
    {
      name: 'an interval that a function clears which the close does not call',
      code: gateway(
        `${beat(' // leak listener/interval', 'quiet()')}
  function quiet() {
    clearInterval(beat);
  }`,
        '',
      ),
    },
    {
      name: 'a listener on the process that a message takes off',
      code: gateway(prices(' // leak listener/emitter-on'), ''),
    },
  ],
  [
    { name: 'an interval that both clear', code: gateway(beat(), '\n    clearInterval(beat);') },
    {
      name: 'one that the close clears on one condition',
      code: gateway(beat(), '\n    if (peer.isLast) clearInterval(beat);'),
    },
    {
      name: 'one that the close clears by a function',
      code: gateway(beat('', 'quiet()') + '\n  const quiet = () => clearInterval(beat);', '\n    quiet();'),
    },
    {
      name: 'one that a second handler of the end clears',
      code: gateway(beat(), '', "\n  peer.once('end', () => clearInterval(beat));"),
    },
    {
      name: 'one that ends itself',
      code: gateway('  const beat = setInterval(() => {\n    if (!peer.isOpen) clearInterval(beat);\n  }, 1000);', ''),
    },
    {
      name: 'one that is cleared by a time limit',
      code: gateway(
        '  const beat = setInterval(() => peer.ping(), 1000);\n  setTimeout(() => clearInterval(beat), 60000);',
        '',
      ),
    },
    { name: 'a listener that both take off', code: gateway(prices(), "\n    process.off('message', tell);") },
    {
      name: 'a file that ends with the stream which is piped into it',
      code: `import fs from 'node:fs';
export function upload(request) {
  const file = fs.createWriteStream('upload');
  request.pipe(file);
  request.on('error', () => file.destroy());
  request.on('end', () => console.log('done'));
}
`,
    },
    {
      name: 'a listener that a message adds, and that takes itself off',
      code: gateway(
        "  peer.on('ask', () => {\n    const tell = (price) => {\n      peer.send(price);\n      process.off('message', tell);\n    };\n    process.on('message', tell);\n  });",
        '',
      ),
    },
    {
      name: 'one whose close is handled by what is not seen',
      code: gateway(beat(), '', "\n  peer.on('close', server.handlers.close);"),
    },
    {
      name: 'one that a table has, which the close goes by',
      code: gateway(
        `${beat()}
  beats.set(peer, beat);`,
        '\n    clearInterval(beats.get(peer));\n    beats.delete(peer);',
      ).replace('server.on', 'const beats = new Map();\nserver.on'),
    },
    {
      name: 'one that ends itself by a function',
      code: gateway(
        `  const stop = () => clearInterval(beat);
  const beat = setInterval(() => (peer.isOpen ? peer.ping() : stop()), 1000);
  peer.on('error', stop);`,
        '',
      ),
    },
    {
      name: 'one that a time limit ends by the same function',
      code: gateway(
        `${beat('', 'quiet()')}\n  const quiet = () => clearInterval(beat);\n  setTimeout(quiet, 60000);`,
        '',
      ),
    },
    {
      name: 'one that another event of the end clears',
      code: gateway(beat(), '', "\n  peer.on('disconnecting', () => clearInterval(beat));"),
    },
    {
      name: 'one whose close brings the other event about',
      code: gateway(beat(), "\n    peer.emit('error', new Error('closed'));"),
    },
    {
      name: 'one whose close runs what an object holds',
      code: gateway(
        `  const tell = (price) => peer.send(price);
  const actions = { join: () => process.on('message', tell), leave: () => process.off('message', tell) };
  peer.on('join', () => actions.join());
  peer.on('leave', () => actions.leave());`,
        "\n    for (const name of ['leave']) actions[name]();",
      ),
    },
  ],
);

const bus = `import { EventEmitter } from 'node:events';
const bus = new EventEmitter();
export function follow(topic, tell) {
  const run = (news) => news.topic === topic && tell(news);
  bus.on('news', run);
  return () => bus.off('news', run);
}
`;
const room = (close: string): string => `import { follow } from './bus';
export function serve(io) {
  io.on('connection', (socket) => {
    let current = null;
    const leave = () => {
      current?.stop();
      current = null;
    };
    socket.on('join', (topic) => {
      leave();
      current = { topic, stop: follow(topic, (news) => socket.emit('news', news)) };
    });
    socket.on('leave', leave);
    socket.on('disconnect', () => {
      ${close}
    });
  });
}
`;
const found = (close: string): readonly string[] =>
  findingsOfFiles({ 'src/bus.js': bus, 'src/room.js': room(close) }).flatMap(({ path, findings }) =>
    findings.map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

describe('a subscription of a helper that the end of a connection leaves', () => {
  it('reports one in a part of what is kept', () => {
    assert.deepEqual(found("console.log('left', current?.topic);"), ['src/room.js:11 listener/end-dropped']);
    assert.deepEqual(found('current = null;'), ['src/room.js:11 listener/end-dropped']);
  });
  it('is silent where the end stops it, itself or by a function, or hands it on', () => {
    assert.deepEqual(found('current?.stop();'), []);
    assert.deepEqual(found('leave();'), []);
    assert.deepEqual(found('if (current) leave();'), []);
    assert.deepEqual(found('io.emit("left", current);'), []);
  });
});
