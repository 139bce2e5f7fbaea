import { samples } from '../expectLeaks';

samples(
  'handle/readline-interface',
  [
    {
      name: 'a time limit that answers for the user',
      code: `import readline from 'node:readline';
export function choose(options: string[], seconds: number) {
  return new Promise<string>((resolve) => {
    const asker = readline.createInterface({ input: process.stdin, output: process.stdout }); // leak handle/readline-interface
    const limit = setTimeout(() => resolve(options[0]), seconds * 1000);
    asker.question('Which one? ', (answer) => {
      clearTimeout(limit);
      asker.close();
      resolve(answer);
    });
  });
}`,
    },
    {
      name: 'a function that calls back, and a wrong answer',
      path: 'src/ask.js',
      code: `const readline = require('readline');
exports.ask = function ask(text, done) {
  const asker = readline.createInterface({ input: process.stdin }); // leak handle/readline-interface
  asker.on('line', (line) => {
    if (!line.trim()) {
      done(new Error('nothing given'));
      return;
    }
    asker.close();
    done(null, line);
  });
};`,
    },
  ],
  [
    {
      name: 'each outcome by one function',
      code: `import readline from 'node:readline';
export function choose(options: string[], seconds: number) {
  return new Promise<string>((resolve) => {
    const asker = readline.createInterface({ input: process.stdin, output: process.stdout });
    const finish = (value: string) => {
      clearTimeout(limit);
      asker.close();
      resolve(value);
    };
    const limit = setTimeout(() => finish(options[0]), seconds * 1000);
    asker.question('Which one? ', finish);
  });
}`,
    },
    {
      name: 'the end of the input ends it',
      code: `import readline from 'node:readline';
export function first(words: Set<string>) {
  return new Promise<string>((resolve) => {
    const lines = readline.createInterface({ input: process.stdin });
    lines.on('line', (line) => {
      if (words.has(line)) resolve(line);
    });
    lines.on('pause', () => lines.close());
  });
}`,
    },
    {
      name: 'closed by the caller of the promise',
      code: `import readline from 'node:readline';
export async function choose(fallback: string) {
  const asker = readline.createInterface({ input: process.stdin });
  try {
    return await new Promise<string>((resolve) => {
      setTimeout(() => resolve(fallback), 1000);
      asker.question('Which one? ', resolve);
    });
  } finally {
    asker.close();
  }
}`,
    },
  ],
);

samples(
  'handle/udp-socket',
  [
    {
      name: 'an error that only rejects',
      code: `import dgram from 'node:dgram';
export function ask(host: string, port: number, question: Buffer) {
  return new Promise<Buffer>((resolve, reject) => {
    const socket = dgram.createSocket('udp4'); // leak handle/udp-socket
    socket.once('error', reject);
    socket.once('message', (answer) => {
      socket.close();
      resolve(answer);
    });
    socket.send(question, port, host);
  });
}`,
    },
    {
      name: 'a failed send, through a helper that only rejects',
      path: 'src/wake.js',
      code: `const dgram = require('dgram');
exports.wake = (packet, port) =>
  new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4'); // leak handle/udp-socket
    const fail = (error) => {
      reject(error);
    };
    socket.bind(() => {
      socket.setBroadcast(true);
      socket.send(packet, port, '255.255.255.255', (error) => {
        if (error) return fail(error);
        socket.close();
        resolve();
      });
    });
  });`,
    },
  ],
  [
    {
      name: 'closed first, whatever came',
      path: 'src/wake.js',
      code: `const dgram = require('dgram');
exports.wake = (packet, port) =>
  new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4');
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.send(packet, port, '255.255.255.255', (error) => {
      socket.close();
      if (error) return reject(error);
      resolve();
    });
  });`,
    },
    {
      name: 'settled by the close',
      code: `import dgram from 'node:dgram';
export function ask(host: string, port: number, question: Buffer) {
  return new Promise<void>((resolve) => {
    const socket = dgram.createSocket('udp4');
    socket.once('message', () => socket.close(() => resolve()));
    socket.once('close', resolve);
    socket.send(question, port, host);
  });
}`,
    },
    {
      name: 'given to who waits',
      code: `import dgram from 'node:dgram';
export function bound(port: number) {
  return new Promise<dgram.Socket>((resolve, reject) => {
    const socket = dgram.createSocket('udp4');
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, () => resolve(socket));
  });
}`,
    },
  ],
);

samples(
  'handle/event-source',
  [
    {
      name: 'an error after which it connects again',
      code: `export function firstNews(url: string) {
  return new Promise((resolve, reject) => {
    const source = new EventSource(url); // leak handle/event-source
    source.onmessage = (event) => {
      source.close();
      resolve(event.data);
    };
    source.onerror = () => reject(new Error('lost'));
  });
}`,
    },
  ],
  [
    {
      name: 'closed on both',
      code: `export function firstNews(url: string) {
  return new Promise((resolve, reject) => {
    const source = new EventSource(url);
    const end = () => source.close();
    source.onmessage = (event) => {
      end();
      resolve(event.data);
    };
    source.onerror = () => {
      end();
      reject(new Error('lost'));
    };
  });
}`,
    },
    {
      name: 'a time limit that ends it in any case',
      code: `export function collect(url: string) {
  return new Promise((resolve) => {
    const source = new EventSource(url);
    const found: string[] = [];
    source.onmessage = (event) => {
      found.push(event.data);
      if (found.length === 10) resolve(found);
    };
    setTimeout(() => {
      source.close();
      resolve(found);
    }, 5000);
  });
}`,
    },
  ],
);

samples(
  'handle/child-process',
  [
    {
      name: 'ended on one answer and not on the other',
      path: 'src/convert.js',
      code: `const { fork } = require('child_process');
exports.convert = (file) =>
  new Promise((resolve, reject) => {
    const child = fork('./converter.js'); // leak handle/child-process
    child.on('message', (answer) => {
      if (answer.problem) {
        child.kill();
        reject(new Error(answer.problem));
      } else resolve(answer.result);
    });
    child.send(file);
  });`,
    },
  ],
  [
    {
      name: 'a time limit for one that ends by itself',
      path: 'src/convert.js',
      code: `const { fork } = require('child_process');
exports.convert = (file) =>
  new Promise((resolve, reject) => {
    const child = fork('./converter.js', [file]);
    const limit = setTimeout(() => {
      child.kill();
      reject(new Error('too slow'));
    }, 60000);
    child.on('message', (answer) => {
      clearTimeout(limit);
      resolve(answer);
    });
  });`,
    },
    {
      name: 'settled when it has ended',
      path: 'src/convert.js',
      code: `const { fork } = require('child_process');
exports.convert = (file) =>
  new Promise((resolve, reject) => {
    const child = fork('./converter.js', [file]);
    child.on('message', (answer) => {
      if (answer.problem) {
        child.kill();
        reject(new Error(answer.problem));
      }
    });
    child.on('exit', (code) => resolve(code));
  });`,
    },
  ],
);

samples(
  'handle/websocket',
  [
    {
      name: 'a limit beside the answer',
      code: `export function ask(url: string, question: string) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url); // leak handle/websocket
    const limit = setTimeout(() => reject(new Error('no answer')), 3000);
    socket.onopen = () => socket.send(question);
    socket.onmessage = (event) => {
      clearTimeout(limit);
      socket.close();
      resolve(event.data);
    };
  });
}`,
    },
    {
      name: 'made before the promise',
      code: `import WebSocket from 'ws';
export async function version(url: string) {
  const socket = new WebSocket(url); // leak handle/websocket
  return new Promise((resolve, reject) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.error) return reject(new Error(message.error));
      if (message.version) {
        socket.close();
        resolve(message.version);
      }
    });
  });
}`,
    },
  ],
  [
    {
      name: 'ready, and worked with from then on',
      code: `export function begin(url: string, show: (text: string) => void) {
  return new Promise<void>((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onopen = () => resolve();
    socket.onmessage = (event) => {
      if (event.data === 'bye') {
        socket.close();
        reject(new Error('refused'));
      } else show(event.data);
    };
  });
}`,
    },
    {
      name: 'the error closes it',
      code: `export function ask(url: string, question: string) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onopen = () => socket.send(question);
    socket.onerror = () => reject(new Error('lost'));
    socket.onmessage = (event) => {
      resolve(event.data);
      socket.close();
    };
  });
}`,
    },
    {
      name: 'ended where it is still open',
      code: `export function ask(url: string, question: string) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const finish = () => {
      if (socket.readyState === WebSocket.OPEN) socket.close();
    };
    setTimeout(() => {
      finish();
      reject(new Error('no answer'));
    }, 3000);
    socket.onmessage = (event) => {
      socket.close();
      resolve(event.data);
    };
  });
}`,
    },
    {
      name: 'its end is given away',
      code: `export function open(url: string) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const stop = () => socket.close();
    setTimeout(() => {
      stop();
      reject(new Error('no answer'));
    }, 3000);
    socket.onmessage = (event) => resolve({ first: event.data, stop });
  });
}`,
    },
  ],
);

samples(
  'handle/fs-descriptor',
  [
    {
      name: 'a failed second step of callbacks',
      path: 'src/join.js',
      code: `const fs = require('fs');
exports.peek = (file, callback) => {
  fs.open(file, 'r', (error, fd) => { // leak handle/fs-descriptor
    if (error) return callback(error);
    fs.fstat(fd, (failure, stats) => {
      if (failure) return callback(failure);
      fs.close(fd, () => callback(null, stats.size));
    });
  });
};`,
    },
    {
      name: 'another open that fails while it is open',
      path: 'src/join.js',
      code: `const fs = require('fs');
exports.append = (from, to, cb) => {
  fs.open(from, 'r', (error, source) => { // leak handle/fs-descriptor
    if (error) return cb(error);
    fs.stat(to, (problem) => {
      if (problem) return cb(problem);
      fs.close(source, cb);
    });
  });
};`,
    },
  ],
  [
    {
      name: 'closed on each way',
      path: 'src/join.js',
      code: `const fs = require('fs');
exports.append = (from, to, cb) => {
  fs.open(from, 'r', (error, source) => {
    if (error) return cb(error);
    fs.stat(to, (problem) => {
      fs.close(source, (closing) => cb(problem || closing));
    });
  });
};`,
    },
  ],
);

samples(
  'handle/write-stream',
  [
    {
      name: 'opened before it is known what comes',
      code: `import { createWriteStream } from 'node:fs';
import https from 'node:https';
export function save(url: string, path: string) {
  return new Promise<void>((resolve, reject) => {
    const target = createWriteStream(path); // leak handle/write-stream
    https.get(url, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        return reject(new Error('not there'));
      }
      response.pipe(target);
      target.on('finish', resolve);
    });
  });
}`,
    },
  ],
  [
    {
      name: 'opened when it is known',
      code: `import { createWriteStream } from 'node:fs';
import https from 'node:https';
export function save(url: string, path: string) {
  return new Promise<void>((resolve, reject) => {
    https.get(url, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        return reject(new Error('not there'));
      }
      const target = createWriteStream(path);
      response.pipe(target);
      response.on('error', (error) => target.destroy(error));
      target.on('finish', resolve);
    });
  });
}`,
    },
  ],
);
