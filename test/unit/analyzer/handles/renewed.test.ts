import { samples } from '../expectLeaks';

samples(
  'a condition that lets a new handle take the place of an open one',
  [
    {
      name: 'a log that is too long',
      code: `
import fs from 'node:fs';
export class Log {
  write(line: string) {
    if (!this.stream || this.size > this.limit) {
      this.stream = fs.createWriteStream(this.next()); // leak handle/handle-overwritten
    }
    this.stream.write(line);
  }
  close() {
    this.stream.end();
  }
}`,
    },
    {
      name: 'a method that another one calls',
      path: 'src/roll.js',
      code: `
const fs = require('fs');
function Roll(options) {
  this.options = options;
}
Roll.prototype.open = function (done) {
  if (!this.file || (this.max && this.written >= this.max)) {
    this._next();
    return done(true);
  }
  done();
};
Roll.prototype._next = function () {
  var self = this;
  fs.stat(self.name(), function (error, stats) {
    self.written = stats ? stats.size : 0;
    self.file = fs.createWriteStream(self.name()); // leak handle/handle-overwritten
  });
};
Roll.prototype.close = function () {
  this.file.end();
};
module.exports = Roll;`,
    },
    {
      name: 'a worker for another script',
      code: `
export class Runner {
  private worker: Worker | undefined;
  run(script: string, job: unknown) {
    if (this.worker === undefined || script !== this.script) {
      this.worker = new Worker(script); // leak handle/handle-overwritten
      this.script = script;
    }
    this.worker.postMessage(job);
  }
  dispose() {
    this.worker?.terminate();
  }
}`,
    },
    {
      name: 'a variable of the module',
      code: `
let feed: EventSource | null = null;
let topic = '';
export function follow(next: string, show: (text: string) => void) {
  if (feed == null || next !== topic) {
    feed = new EventSource('/feed/' + next); // leak handle/handle-overwritten
    topic = next;
  }
  feed.onmessage = (event) => show(event.data);
}
export function stop() {
  feed?.close();
}`,
    },
  ],
  [
    {
      name: 'the old one is ended first',
      code: `
import fs from 'node:fs';
export class Log {
  write(line: string) {
    if (!this.stream || this.size > this.limit) {
      this.stream?.end();
      this.stream = fs.createWriteStream(this.next());
    }
    this.stream.write(line);
  }
  close() {
    this.stream.end();
  }
}`,
    },
    {
      name: 'the condition asks whether the old one is over',
      code: `
export class Link {
  send(text: string) {
    if (!this.socket || this.socket.readyState === WebSocket.CLOSED) {
      this.socket = new WebSocket(this.url);
    }
    this.socket.send(text);
  }
  other(text: string) {
    if (!this.second || this.failed) {
      this.second = new WebSocket(this.url);
    }
    this.second.send(text);
  }
  close() {
    this.socket.close();
    this.second.close();
  }
}`,
    },
    {
      name: 'who hears of the end clears the field',
      code: `
export class Link {
  send(text: string, host: string) {
    if (!this.socket || host !== this.host) {
      this.socket = new WebSocket(host);
      this.socket.onclose = () => {
        this.socket = undefined;
      };
    }
    this.socket.send(text);
  }
  close() {
    this.socket?.close();
  }
}`,
    },
    {
      name: 'the one before is kept and ended by its name',
      code: `
export class Runner {
  run(script: string, job: unknown) {
    if (!this.worker || script !== this.script) {
      const last = this.worker;
      this.worker = new Worker(script);
      last?.terminate();
    }
    this.worker.postMessage(job);
  }
  dispose() {
    this.worker?.terminate();
  }
}`,
    },
    {
      name: 'only where there is none',
      code: `
export class Runner {
  run(script: string, job: unknown) {
    if (!this.worker) this.worker = new Worker(script);
    this.worker.postMessage(job);
  }
  dispose() {
    this.worker?.terminate();
  }
}`,
    },
  ],
);
