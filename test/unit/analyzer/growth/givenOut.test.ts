import { samples } from '../expectLeaks';

const bus = (add: string, rest = ''): string => `import { Feed } from './feed';
export class Bus {
  private readonly listeners: Feed[] = [];
${add}
  emit(text: string) {
    for (const listener of this.listeners) listener.put(text);
  }
${rest}
}`;

samples(
  'lists of what each caller is given',
  [
    {
      name: 'an iterator per caller',
      code: bus(
        '  status() {\n    const feed = new Feed();\n    this.listeners.push(feed); // leak cache/array-only-pushed\n    return feed;\n  }',
      ),
    },
    {
      name: 'a set of them',
      code: `import { Cursor } from './cursor';
export class Store {
  private readonly cursors = new Set<Cursor>();
  open(name: string) {
    const cursor = new Cursor(name);
    cursor.rewind();
    this.cursors.add(cursor); // leak cache/set-field-only-grows
    return cursor;
  }
  notify() {
    for (const cursor of this.cursors) cursor.touch();
  }
}`,
    },
    {
      name: 'a class of old style',
      path: 'src/hub.js',
      code: `const Client = require('./client');
class Hub {
  constructor() {
    this.clients = [];
  }
  accept(socket) {
    const client = new Client(socket);
    this.clients.push(client); // leak cache/array-only-pushed
    return client;
  }
  broadcast(text) {
    this.clients.forEach((client) => client.send(text));
  }
}
module.exports = Hub;`,
    },
  ],
  [
    {
      name: 'one that takes itself out when it ends',
      code: bus(
        '  status() {\n    const feed = new Feed();\n    feed.ended.then(() => this.remove(feed));\n    this.listeners.push(feed);\n    return feed;\n  }',
        '  private remove(feed: Feed) {\n    this.listeners.splice(this.listeners.indexOf(feed), 1);\n  }',
      ),
    },
    {
      name: 'one that is kept by its name',
      code: `import { Field } from './field';
export class Form {
  private readonly fields: Field[] = [];
  field(name: string) {
    const field = new Field(name);
    this.fields.push(field);
    return field;
  }
  values() {
    return this.fields.map((field) => field.value);
  }
}`,
    },
    {
      name: 'a builder, which is gone with what it builds',
      code: `import { Stream } from './stream';
export class PlanBuilder {
  private readonly streams: Stream[] = [];
  stream(name: string) {
    const stream = new Stream(name);
    this.streams.push(stream);
    return stream;
  }
  build() {
    return this.streams.map((stream) => stream.name);
  }
}`,
    },
  ],
);
