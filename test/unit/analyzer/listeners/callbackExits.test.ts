import { samples } from '../expectLeaks';

samples(
  'a handler that accompanies a call with a callback',
  [
    {
      name: 'the callback leaves with the error before the removal',
      code: `import { EventEmitter } from 'node:events';
import { store } from './store';
const changes = new EventEmitter();
export function read(id: string, callback: (error: Error | null, item?: object) => void): void {
  const seen: object[] = [];
  const note = (item: object) => {
    seen.push(item);
  };
  changes.on('change-' + id, note); // leak listener/emitter-on
  store.get(id, (error, item) => {
    if (error) return callback(error);
    changes.removeListener('change-' + id, note);
    callback(null, seen.pop() ?? item);
  });
}`,
    },
    {
      name: 'on an emitter of the factory around, and the outcome told before it returns',
      path: 'src/index.js',
      code: `const { EventEmitter } = require('events');
module.exports = function open(files) {
  const hub = new EventEmitter();
  return {
    hub,
    load(name, done) {
      const progress = (part) => hub.emit('progress', part);
      hub.on('part', progress); // leak listener/emitter-on
      files.read(name, function (err, text) {
        if (!text) {
          done(err);
          return;
        }
        hub.off('part', progress);
        done(null, text);
      });
    },
  };
};`,
    },
  ],
  [
    {
      name: 'removed first',
      code: `import { EventEmitter } from 'node:events';
import { store } from './store';
const changes = new EventEmitter();
export function read(id: string, callback: (error: Error | null, item?: object) => void): void {
  const note = () => {};
  changes.on('change-' + id, note);
  store.get(id, (error, item) => {
    changes.removeListener('change-' + id, note);
    if (error) return callback(error);
    callback(null, item);
  });
}`,
    },
    {
      name: 'removed on the early way, too',
      code: `import { EventEmitter } from 'node:events';
import { store } from './store';
const changes = new EventEmitter();
export function read(id: string, callback: (error: Error | null, item?: object) => void): void {
  const note = () => {};
  changes.on('change-' + id, note);
  store.get(id, (error, item) => {
    if (error) {
      changes.removeListener('change-' + id, note);
      return callback(error);
    }
    changes.removeListener('change-' + id, note);
    callback(null, item);
  });
}`,
    },
    {
      name: 'what is called again for each part',
      code: `import { EventEmitter } from 'node:events';
import { store } from './store';
const changes = new EventEmitter();
export function read(id: string, callback: (error: Error | null, item?: object) => void): void {
  const note = () => {};
  changes.on('change-' + id, note);
  store.on('part', (error, item) => {
    if (error) return callback(error);
    changes.removeListener('change-' + id, note);
    callback(null, item);
  });
}`,
    },
    {
      name: 'an emitter of this very call',
      code: `import { EventEmitter } from 'node:events';
import { store } from './store';
export function read(id: string, callback: (error: Error | null, item?: object) => void): void {
  const changes = new EventEmitter();
  const note = () => {};
  changes.on('change-' + id, note);
  store.get(id, (error, item) => {
    if (error) return callback(error);
    changes.removeListener('change-' + id, note);
    callback(null, item);
  });
}`,
    },
  ],
);
