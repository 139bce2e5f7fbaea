import { samples } from '../expectLeaks';

samples(
  'functions that give a kept list and add to it',
  [
    {
      name: 'the handler of a property, at each dispatch',
      path: 'src/events.js',
      code: `export const events = {};
events.getListeners = function getListeners(target, type, capturing) {
  var listeners = (target.lists && target.lists[type] && target.lists[type][capturing]) || [];
  if (!capturing) {
    var own = target['on' + type];
    if (own) {
      listeners.push(own); // leak cache/array-only-pushed
    }
  }
  return listeners;
};
export const add = (target, type, fn) => target.addEventListener(type, fn);`,
    },
    {
      name: 'what is common to all',
      code: `export class Menus {
  private readonly items: Record<string, string[]> = {};
  getItems(menu: string) {
    const items = this.items[menu] ?? [];
    items.push('separator', 'quit'); // leak cache/array-only-pushed
    return items;
  }
  add(menu: string, items: string[]) { this.items[menu] = items; }
}
export const timer = setInterval(() => {}, 1000);`,
    },
  ],
  [
    {
      name: 'a copy',
      code: `export class Menus {
  private readonly items: Record<string, string[]> = {};
  getItems(menu: string) { const items = [...(this.items[menu] ?? [])]; items.push('quit'); return items; }
  add(menu: string, items: string[]) { this.items[menu] = items; }
}
export const timer = setInterval(() => {}, 1000);`,
    },
    {
      name: 'only what is not in it yet',
      code: `export class Menus {
  private readonly items: Record<string, string[]> = {};
  getItems(menu: string) { const items = this.items[menu] ?? []; if (!items.includes('quit')) items.push('quit'); return items; }
  add(menu: string, items: string[]) { this.items[menu] = items; }
}
export const timer = setInterval(() => {}, 1000);`,
    },
    {
      name: 'a function that is there to add',
      code: `export class Menus {
  private readonly items: Record<string, string[]> = {};
  addItem(menu: string, item: string) { const items = this.items[menu] ?? []; items.push(item); return items; }
  add(menu: string, items: string[]) { this.items[menu] = items; }
}
export const timer = setInterval(() => {}, 1000);`,
    },
    {
      name: 'a list of the call',
      code: `export function getItems(menu: string, all: string[]) {
  const byName = Object.groupBy(all, (one) => one);
  const items = byName[menu] ?? [];
  items.push('quit');
  return items;
}
export const timer = setInterval(() => {}, 1000);`,
    },
  ],
);
