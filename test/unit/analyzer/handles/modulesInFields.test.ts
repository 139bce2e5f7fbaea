import { samples } from '../expectLeaks';

const client = (given: string, handler: string, mark = '', more = ''): string => `const http = require('http');
const https = require('https');
class Client {
  constructor(options) {
    ${given}
  }
  ${more}
  get(path, done) {
    const request = this.transport.request({ path, timeout: 5000 }, (response) => done(null, response)); ${mark}
    request.on('error', done);
    ${handler}
    request.end();
  }
}
module.exports = Client;
`;
const leak = '// leak handle/request-timeout-ignored';
const choice = 'const chosen = options.secure ? https : http;\n    this.transport = chosen;';

samples(
  'Modules that a field keeps',
  [
    { name: 'one of two', code: client(choice, '', leak) },
    { name: 'the only one', code: client('this.transport = https;', '', leak) },
    {
      name: 'a handler that does not end it',
      code: client(choice, "request.on('timeout', () => console.warn(path));", leak),
    },
    {
      name: 'files opened by it',
      code: `import fs from 'node:fs/promises';
export class Reader {
  constructor() {
    this.files = fs;
  }
  async first(path) {
    const file = await this.files.open(path); // leak handle/fs-filehandle
    const { buffer } = await file.read();
    await file.close();
    return buffer;
  }
}
`,
    },
  ],
  [
    {
      name: 'a request that its timeout destroys',
      code: client(choice, "request.on('timeout', () => request.destroy());"),
    },
    { name: 'what a caller may give', code: client('this.transport = options.transport;', '') },
    {
      name: 'what others may set',
      code: client(choice, '', '', 'use(transport) {\n    this.transport = transport;\n  }'),
    },
    {
      name: 'a file that is closed on every way',
      code: `import fs from 'node:fs/promises';
export class Reader {
  constructor() {
    this.files = fs;
  }
  async first(path) {
    const file = await this.files.open(path);
    try {
      return (await file.read()).buffer;
    } finally {
      await file.close();
    }
  }
}
`,
    },
  ],
);
