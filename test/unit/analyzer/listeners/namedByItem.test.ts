import { samples } from '../expectLeaks';

samples(
  'events that bear the name of one instance',
  [
    {
      name: 'each channel on the parser of its connection, and on the connection itself',
      path: 'src/channel.js',
      code: `function Channel(link, info) {
  const self = this;
  this.id = info.id;
  link.parser.on('data:' + this.id, function (text) { self.take(text); }); // leak listener/emitter-on
  link.on('drain', () => self.take('')); // leak listener/emitter-on
}
Channel.prototype.take = function (text) { this.text = text; };
module.exports = Channel;`,
    },
    {
      name: 'a class, by its key',
      path: 'src/row.ts',
      code: `export class Row {
  constructor(table: any, private readonly rowKey: string) {
    table.on(\`changed/\${this.rowKey}\`, (value) => this.show(value)); // leak listener/emitter-on
  }
  show(value: unknown) {}
}`,
    },
  ],
  [
    {
      name: 'taken off by the same name at the end',
      path: 'src/row.ts',
      code: `export class Row {
  constructor(private readonly table: any, private readonly rowKey: string) {
    table.on(\`changed/\${this.rowKey}\`, (value) => this.show(value));
  }
  close() { this.table.removeAllListeners(\`changed/\${this.rowKey}\`); }
  show(value: unknown) {}
}`,
    },
    {
      name: 'taken out of the table of handlers, in a handler of the end',
      path: 'src/channel.js',
      code: `function Channel(link, info) {
  const self = this;
  this.id = info.id;
  link.parser.on('data:' + this.id, function (text) { self.take(text); });
  link.parser.once('close:' + this.id, function () {
    delete link.parser.handlers['data:' + self.id];
  });
}
Channel.prototype.take = function (text) { this.text = text; };
module.exports = Channel;`,
    },
    {
      name: 'on an emitter of its own',
      path: 'src/row.ts',
      code: `export class Row {
  private readonly bus = makeBus();
  constructor(private readonly rowKey: string) {
    this.bus.on(\`changed/\${this.rowKey}\`, (value) => this.show(value));
  }
  show(value: unknown) {}
}`,
    },
    {
      name: 'one of many, but the name is that of a kind',
      path: 'src/row.ts',
      code: `export class Row {
  constructor(table: any) {
    table.on(\`changed/\${table.kind}\`, (value) => this.show(value));
  }
  show(value: unknown) {}
}`,
    },
  ],
);
