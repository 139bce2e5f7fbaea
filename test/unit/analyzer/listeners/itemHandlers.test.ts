import { samples } from '../expectLeaks';

samples(
  'handlers that are for one thing',
  [
    {
      name: 'a method of the emitter itself, which waits for the end of one item',
      path: 'src/meeting.js',
      code: `export function Meeting(bus) {
  this.bus = bus;
}
Meeting.prototype.on = function (event, fn) { this.bus.on(event, fn); };
Meeting.prototype.off = function (event, fn) { this.bus.off(event, fn); };
Meeting.prototype.addGuest = function (guest) {
  const onMute = () => this.showMute(guest);
  guest.on('mute', onMute);
  this.on('guest-left', function (left) { // leak listener/emitter-on
    if (left !== guest) return;
    guest.off('mute', onMute);
  });
};
Meeting.prototype.showMute = function (guest) { paint(guest); };`,
    },
    {
      name: 'a click anywhere else, for each field of a page',
      path: 'src/suggest.js',
      code: `export function suggest(field) {
  const list = document.createElement('ul');
  field.addEventListener('focus', () => field.after(list));
  document.addEventListener('click', (event) => { // leak listener/dom-event-listener
    if (event.target !== field) list.remove();
  });
}
export function suggestAll(fields) {
  for (const field of fields) suggest(field);
}
window.addEventListener('hashchange', () => suggestAll(document.querySelectorAll('input')));`,
    },
    {
      name: 'what the opposite function of the author leaves',
      path: 'src/topics.ts',
      code: `export function WATCH(client: any, topic: string, done: (text: string) => void) {
  client.watch(topic);
  client.on('message', (from, text) => { // leak listener/emitter-on
    if (from.toString() === topic) done(text);
  });
}
export function UNWATCH(client: any, topic: string) {
  client.unwatch(topic);
}`,
    },
  ],
  [
    {
      name: 'taken off in one of the ends',
      path: 'src/meeting.js',
      code: `export function Meeting(bus) {
  this.bus = bus;
}
Meeting.prototype.on = function (event, fn) { this.bus.on(event, fn); };
Meeting.prototype.off = function (event, fn) { this.bus.off(event, fn); };
Meeting.prototype.addGuest = function (guest) {
  const onLeft = (left) => {
    if (left !== guest) return;
    this.off('guest-left', onLeft);
    forget(guest);
  };
  this.on('guest-left', onLeft);
};`,
    },
    {
      name: 'on the thing itself, with which it goes',
      path: 'src/slides.js',
      code: `export class Deck {
  add(slide) {
    slide.element.addEventListener('transitionend', (event) => {
      if (event.target !== slide.element) return;
      this.shown = slide;
    });
  }
}`,
    },
    {
      name: 'a constructor, for its own one',
      path: 'src/badge.js',
      code: `import { store } from './store';
export class Badge {
  constructor(user) {
    this.label = document.createElement('b');
    store.on('renamed', (one) => {
      if (one !== user) return;
      this.label.textContent = one.name;
    });
  }
}
export const badge = new Badge(store.me);`,
    },
    {
      name: 'handed on to the caller, who has all that there is to take it off',
      path: 'src/keys.js',
      code: `import { keys } from './keys-source';
export function onKey(name, done) {
  keys.on('press', (pressed) => {
    if (pressed === name) done();
  });
}
export function offKeys() {
  keys.removeAllListeners('press');
}`,
    },
    {
      name: 'a listener of the page whose signal may be aborted',
      path: 'src/menu.js',
      code: `export function openMenu(menu, signal) {
  document.addEventListener('click', (event) => {
    if (event.target !== menu) menu.remove();
  }, { signal });
}
document.addEventListener('contextmenu', (event) => openMenu(event.target, controller.signal));`,
    },
  ],
);
