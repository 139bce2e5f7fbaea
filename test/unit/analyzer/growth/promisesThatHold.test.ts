import { samples } from '../expectLeaks';

samples(
  'entries that only success takes out, of a promise that cannot fail',
  [
    {
      name: 'a promise that its executor may reject',
      code: `const tabs = new Map();
export async function follow(tabId, port) {
  tabs.set(tabId, port); // leak cache/entry-left-after-rejection
  await new Promise((resolve, reject) => {
    port.onClose(resolve);
    port.onCrash(reject);
  });
  tabs.delete(tabId);
}`,
    },
    {
      name: 'a field whose promise may be rejected',
      code: `class Link {
  constructor(port) {
    this.closed = new Promise((resolve, reject) => { port.onClose(resolve); port.onCrash(reject); });
  }
}
const links = new Map();
export async function follow(tabId, port) {
  const link = new Link(port);
  links.set(tabId, link); // leak cache/entry-left-after-rejection
  await link.closed;
  links.delete(tabId);
}`,
    },
    {
      name: 'a wait for something',
      code: `import { waitFor } from './waits';
const gone = new Set();
export function forget(tabId) {
  gone.add(tabId); // leak cache/entry-left-after-rejection
  waitFor(tabId).then(() => { gone.delete(tabId); });
}`,
    },
  ],
  [
    {
      name: 'an executor that leaves its reject alone',
      code: `const resolvers = new Map();
export function moved(tabId) {
  return new Promise((resolve, _reject) => {
    resolvers.set(tabId, resolve);
  }).then((index) => {
    resolvers.delete(tabId);
    return index;
  });
}
export const tell = (tabId, index) => resolvers.get(tabId)?.(index);`,
    },
    {
      name: 'a field whose promise only ever resolves',
      code: `class Link {
  constructor(port) {
    this.closed = new Promise((resolve) => { port.onClose(resolve); });
  }
}
const links = new Map();
export async function follow(tabId, port) {
  const link = new Link(port);
  links.set(tabId, link);
  await link.closed;
  links.delete(tabId);
}`,
    },
    {
      name: 'a wait for time to pass, of another file',
      code: `import { wait } from './waits';
const gone = new Set();
export function forget(tabId) {
  gone.add(tabId);
  wait(10_000).then(() => { gone.delete(tabId); });
}`,
    },
  ],
);
