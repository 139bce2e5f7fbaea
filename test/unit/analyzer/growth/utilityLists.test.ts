import { samples } from '../expectLeaks';

samples(
  'helpers that look through a list they are given',
  [
    {
      name: 'a list looked for in a list',
      code: `export function drop(queue: string[][], name: string) {
  queue.splice(queue.indexOf([name]), 1); // leak cache/removal-wrong-identity
}
export const seen = new Map();`,
    },
    {
      name: 'one looked for from a place on',
      code: `export function drop(queue: string[][], name: string) {
  queue.splice(queue.indexOf([name], 0), 1); // leak cache/removal-wrong-identity
}
export const seen = new Map();`,
    },
  ],
  [
    {
      name: 'a list given to a helper',
      code: `import * as lists from './lists';
export function isPlain(style: string): boolean {
  const plain = ['pre', 'pre-wrap'];
  return lists.indexOf(plain, style) > -1;
}
export const seen = new Map();`,
    },
  ],
);

const handlers = (key: string) => `const handlers = new Map<string, () => void>();
export function listen(box, command, visit) {
  box.addEventListener('keydown', (event) => {
    if (!handlers.has(${key})) handlers.set(${key}, () => event.target.blur());${key === 'visit.requestId' ? ' // leak cache/map-without-eviction' : ''}
    handlers.get(${key})();
  });
}
listen(document.body, {}, {});`;

samples(
  'keys that name a part of the program',
  [{ name: 'the id of a request', code: handlers('visit.requestId') }],
  [{ name: 'the id of a command', code: handlers('command.id') }],
);
