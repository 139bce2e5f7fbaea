import { samples } from '../expectLeaks';

samples(
  'an end that comes from outside',
  [
    {
      name: 'an interval of a prototype',
      path: 'src/link.js',
      code: `function Link(wire) {
  this.wire = wire;
  wire.once('close', this.onClose.bind(this, 'gone'));
}
Link.prototype.probe = function () {
  var self = this;
  self.probing = setInterval(function () { self.wire.send('ping'); }, 500); // leak listener/interval
};
Link.prototype.onClose = function (reason) {
  this.wire.removeAllListeners();
  this.state = reason;
};
Link.prototype.close = function () {
  clearInterval(this.probing);
  this.onClose('asked');
};
module.exports = Link;`,
    },
    {
      name: 'a timeout of a class',
      code: `import { EventEmitter } from 'node:events';
export class Session extends EventEmitter {
  private idle?: NodeJS.Timeout;
  constructor(wire: Wire) {
    super();
    wire.on('close', this.onClose);
  }
  touch() {
    this.idle = setTimeout(() => this.emit('idle'), this.patience); // leak listener/timeout-in-class
  }
  onClose = () => {
    this.removeAllListeners();
    this.requests.clear();
  };
  close() {
    clearTimeout(this.idle);
    this.onClose();
  }
}`,
    },
    {
      name: 'a timer that is set once',
      path: 'src/channel.js',
      code: `export class Channel {
  constructor(port) {
    this.port = port;
    this.port.on('close', this.onClose.bind(this));
    this.alive = setInterval(() => this.port.send('alive'), 10000); // leak listener/interval
  }
  onClose() {
    this.port.removeListener('message', this.onMessage);
  }
  destroy() {
    clearInterval(this.alive);
    this.onClose();
  }
}`,
    },
  ],
  [
    {
      name: 'both clear it',
      path: 'src/channel.js',
      code: `export class Channel {
  constructor(port) {
    this.port = port;
    this.port.on('close', this.onClose.bind(this));
    this.alive = setInterval(() => this.port.send('alive'), 10000);
  }
  onClose() {
    clearInterval(this.alive);
    this.port.removeListener('message', this.onMessage);
  }
  destroy() {
    clearInterval(this.alive);
    this.onClose();
  }
}`,
    },
    {
      name: 'the end from outside calls the other one',
      path: 'src/channel.js',
      code: `export class Channel {
  constructor(port) {
    this.port = port;
    this.port.on('close', this.onClose.bind(this));
    this.alive = setInterval(() => this.port.send('alive'), 10000);
  }
  onClose() {
    this.port.removeListener('message', this.onMessage);
    if (!this.over) this.destroy();
  }
  destroy() {
    this.over = true;
    clearInterval(this.alive);
    this.onClose();
  }
}`,
    },
    {
      name: 'an event that is no end of it: it may come back',
      path: 'src/channel.js',
      code: `export class Channel {
  constructor(port) {
    this.port = port;
    this.port.on('lost', this.onClose.bind(this));
    this.alive = setInterval(() => this.port.send('alive'), 10000);
  }
  onClose() {
    this.waiting.clear();
  }
  destroy() {
    clearInterval(this.alive);
    this.onClose();
  }
}`,
    },
  ],
);
