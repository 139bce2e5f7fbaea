import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'alternatives of one wait',
  [
    {
      name: 'two functions of one maker, of which the first to come counts',
      path: 'src/link.js',
      code: `const { EventEmitter } = require('events');
class Link extends EventEmitter {
  ready(callback) {
    let told = 0;
    function tell(failed) {
      return function (value) {
        if (!told) failed ? callback(value) : callback(null, value);
        told = 1;
      };
    }
    this.once('error', tell(true)); // leak listener/race-loser-left
    this.once('ready', tell(false));
  }
  close() { this.stream.end(); }
}
module.exports = Link;`,
    },
    {
      name: 'one function for two events of what a module shares',
      path: 'src/preview.js',
      code: `import { player } from './player';
export function show(item) {
  const preview = document.createElement('p');
  item.append(preview);
  const hide = () => preview.remove();
  player.once('played', hide); // leak listener/race-loser-left
  player.once('stopped', hide);
}
document.addEventListener('click', (event) => show(event.target));`,
    },
    {
      name: 'one takes the other off, and its own event is no end',
      path: 'src/picker.js',
      code: `import { bus } from './bus';
export function pick(view) {
  const chosen = (item) => view.show(item);
  const refused = () => bus.off('chosen', chosen);
  bus.once('chosen', chosen);
  bus.once('refused', refused); // leak listener/race-loser-left
  bus.emit('pick');
}
document.addEventListener('click', (event) => pick(event.target));`,
    },
    {
      name: 'one takes the other off, but not the other way round',
      path: 'src/reader.js',
      code: `function Reader(text) {
  this.text = text;
  this.link = null;
  this.onEmpty = this.onEmpty.bind(this);
  this.onRows = this.onRows.bind(this);
}
Reader.prototype.onEmpty = function () { this.next(); };
Reader.prototype.onRows = function () { this.link.removeListener('empty', this.onEmpty); };
Reader.prototype.read = function (link) {
  this.link = link;
  link.ask(this.text);
  link.once('empty', this.onEmpty);
  link.once('rows', this.onRows); // leak listener/race-loser-left
};
Reader.prototype.handleError = function () {
  this.link.removeListener('empty', this.onEmpty);
  this.link.removeListener('rows', this.onRows);
};
Reader.prototype.next = function () {};
module.exports = Reader;`,
    },
  ],
  [
    {
      name: 'each takes the other off',
      path: 'src/preview.js',
      code: `import { player } from './player';
export function show(item) {
  const hide = () => {
    item.remove();
    player.off('played', hide);
    player.off('stopped', hide);
  };
  player.once('played', hide);
  player.once('stopped', hide);
}
document.addEventListener('click', (event) => show(event.target));`,
    },
    {
      name: 'one takes the other off, and its own event is the end of what is waited for',
      path: 'src/picker.js',
      code: `import { bus } from './bus';
export function pick(view) {
  const chosen = (item) => view.show(item);
  const closed = () => bus.off('chosen', chosen);
  bus.once('chosen', chosen);
  bus.once('pickerClosed', closed);
  bus.emit('pick');
}
document.addEventListener('click', (event) => pick(event.target));`,
    },
    {
      name: 'of a child that the work has started',
      path: 'src/run.js',
      code: `import { spawn } from 'node:child_process';
export function run(command, callback) {
  const child = spawn(command);
  let done = false;
  const end = (error) => {
    if (done) return;
    done = true;
    callback(error);
  };
  child.once('error', end);
  child.once('close', end);
}`,
    },
    {
      name: 'of a connection that each work makes and keeps',
      path: 'src/session.js',
      code: `export class Session {
  open(url, callback) {
    this.socket = connect(url);
    let done = false;
    const end = (error) => {
      if (done) return;
      done = true;
      callback(error);
    };
    this.socket.once('error', end);
    this.socket.once('open', end);
  }
}`,
    },
    {
      name: 'two things that both happen',
      path: 'src/session.js',
      code: `import { bus } from './bus';
export function follow(view) {
  bus.once('started', () => view.start());
  bus.once('stopped', () => view.stop());
}
document.addEventListener('click', (event) => follow(event.target));`,
    },
    {
      name: 'both are taken off by the end of the wait',
      path: 'src/reader.js',
      code: `class Reader {
  onEmpty = () => this.finish();
  onRows = () => { this.link.removeListener('empty', this.onEmpty); };
  read(link) {
    this.link = link;
    link.once('empty', this.onEmpty);
    link.once('rows', this.onRows);
  }
  finish() {
    this.link.removeListener('empty', this.onEmpty);
    this.link.removeListener('rows', this.onRows);
  }
}
module.exports = Reader;`,
    },
    {
      name: 'the end of the instance, which takes off what else is waited for',
      path: 'src/pool.js',
      code: `const { EventEmitter } = require('events');
class Pool extends EventEmitter {
  keepHouse() {
    const onFree = () => { this.sweep(); this.once('free', onFree); };
    const onClose = () => this.removeListener('free', onFree);
    this.once('free', onFree);
    this.once('close', onClose);
  }
}
module.exports = Pool;`,
    },
  ],
);

describe('alternatives of one wait, by their weight', () => {
  it('weigh little: the other event mostly comes, too', () => {
    const found = findingsOf(
      `import { bus } from './bus';
export function pick(view) {
  const chosen = (item) => view.show(item);
  bus.once('chosen', chosen);
  bus.once('refused', () => bus.off('chosen', chosen));
}
document.addEventListener('click', (event) => pick(event.target));`,
      'src/picker.js',
    );
    assert.deepEqual(
      found.map(({ kind, severity }) => `${kind} ${severity}`),
      ['listener/race-loser-left low'],
    );
  });
});
