import { samples } from '../expectLeaks';

samples(
  'additions where a removal was meant',
  [
    {
      name: 'a work of the end that adds once more',
      path: 'src/toolbar.js',
      code: `export const button = { init() {
  this.close = () => hide(button.panel);
  app.channel.addMessageListener('page:close', this.close);
  app.unload.push(() => {
    app.removeWidget(button.id);
    app.channel.addMessageListener('page:close', button.close); // leak listener/release-unreachable
  });
} };
window.addEventListener('load', () => button.init(), { once: true });`,
    },
    {
      name: 'a handler of what is taken away that does what that of the addition does',
      path: 'src/forward.js',
      code: `export function forward(bot, world) {
  bot.on('newListener', (event, fn) => { if (isBlock(event)) world.on(event, fn); });
  bot.on('removeListener', (event, fn) => {
    if (isBlock(event)) {
      world.on(event, fn); // leak listener/emitter-on
    }
  });
}`,
    },
    {
      name: 'the method that leaves what the opposite one joins',
      path: 'src/rooms.js',
      code: `export function Rooms(server) {
  this.server = server;
}
Rooms.prototype = {
  joinRoom: function (room) {
    this.server.on('message', this.onMessage);
    this.server.on('typing', this.onTyping);
  },
  leaveRoom: function (room) {
    this.server.off('message', this.onMessage);
    this.server.on('typing', this.onTyping); // leak listener/emitter-on
  },
  onMessage: function () {},
  onTyping: function () {},
};`,
    },
    {
      name: 'a branch of the opposite method, told at the addition',
      path: 'src/pointer.js',
      code: `export function Pointer(view) {
  this.view = view;
}
Pointer.prototype = {
  attach: function () {
    this.view.on('press', this.onPress);
    if (this.view.wheels) this.view.on('wheel', this.onWheel);
    else {
      this.view.on('scroll', this.onWheel); // leak listener/emitter-on
    }
  },
  detach: function () {
    this.view.off('press', this.onPress);
    if (this.view.wheels) this.view.off('wheel', this.onWheel);
    else this.view.on('scroll', this.onWheel);
  },
  onPress: function () {},
  onWheel: function () {},
};`,
    },
  ],
  [
    {
      name: 'a removal at another place, which may not run',
      path: 'src/pointer.js',
      code: `export function Pointer(view) { this.view = view; }
Pointer.prototype = {
  attach: function () { this.view.on('press', this.onPress); this.view.on('scroll', this.onWheel); },
  detach: function () { this.view.off('press', this.onPress); this.view.on('scroll', this.onWheel); },
  reset: function () { if (this.view.scrolls) this.view.off('scroll', this.onWheel); },
  onPress: function () {}, onWheel: function () {},
};`,
    },
    {
      name: 'another receiver by then',
      path: 'src/link.js',
      code: `export function Link() {}
Link.prototype = {
  joinRoom: function (room) { this.socket = room.socket; this.socket.on('data', this.onData); this.socket.on('end', this.onEnd); },
  leaveRoom: function (lobby) { this.socket.off('end', this.onEnd); this.socket = lobby.socket; this.socket.on('data', this.onData); },
  onData: function () {}, onEnd: function () {},
};`,
    },
    {
      name: 'a handler of a close that adds again for the next opening',
      path: 'src/link.js',
      code: `export function keep(link, onData) {
  link.on('data', onData);
  link.on('close', () => { link.open(); link.on('data', onData); });
}`,
    },
    {
      name: 'methods that both wait for the end of their change',
      path: 'src/fade.js',
      code: `export function Fade(el) { this.el = el; }
Fade.prototype = {
  show: function () { this.el.classList.add('on'); this.el.on('transitionend', this.done); },
  hide: function () { this.el.classList.remove('on'); this.el.on('transitionend', this.done); },
  done: function () {},
};`.replace("this.el.classList.remove('on'); ", ''),
    },
    {
      name: 'what is taken away is removed',
      path: 'src/forward.js',
      code: `export function forward(bot, world) {
  bot.on('newListener', (event, fn) => { if (isBlock(event)) world.on(event, fn); });
  bot.on('removeListener', (event, fn) => { if (isBlock(event)) world.off(event, fn); });
}`,
    },
  ],
);

samples(
  'functions that are told whether to add or to remove',
  [
    {
      name: 'one that is added both times',
      code: `export class Reference {
  constructor(private readonly part, private readonly app) { this.toggle('on'); }
  private toggle(method: 'on' | 'off') {
    this.part[method]('set', this.onSet, this);
    this.app.on('loaded', this.onLoaded, this); // leak listener/emitter-on
  }
  private onSet() {}
  private onLoaded() {}
  destroy() { this.toggle('off'); }
}`,
    },
    {
      name: 'a function that its file calls both ways',
      code: `const draw = { handle() {} };
function bindAll(view, how) {
  for (const event of ['move', 'zoom']) view[how](event, draw.handle);
  view.addListener('resize', draw.handle); // leak listener/emitter-on
}
export const show = (view) => bindAll(view, 'addListener');
export const hide = (view) => bindAll(view, 'removeListener');`,
    },
  ],
  [
    {
      name: 'one that is removed elsewhere',
      code: `export class Reference {
  constructor(private readonly part, private readonly app) { this.toggle('on'); }
  private toggle(method: 'on' | 'off') { this.part[method]('set', this.onSet, this); this.app.on('loaded', this.onLoaded, this); }
  private onSet() {}
  private onLoaded() {}
  destroy() { this.toggle('off'); if (this.app) this.app.off('loaded', this.onLoaded, this); }
}`,
    },
    {
      name: 'one that is added only when it is told so',
      code: `export class Reference {
  constructor(private readonly part, private readonly app) { this.toggle('on'); }
  private toggle(method: 'on' | 'off') {
    if (method === 'off') { this.part.off('set', this.onSet); this.stop(); return; }
    this.part[method]('set', this.onSet, this);
    this.app.on('loaded', this.onLoaded, this);
  }
  private stop() { this.app.removeAllListeners(); }
  private onSet() {}
  private onLoaded() {}
  destroy() { this.toggle('off'); }
}`,
    },
    {
      name: 'a function that nobody calls to remove',
      code: `export class Reference {
  constructor(private readonly part, private readonly app) { this.add('on'); }
  private add(method: 'on' | 'once') { this.part[method]('set', this.onSet, this); this.app.on('loaded', this.onLoaded, this); }
  private onSet() {}
  private onLoaded() {}
}`,
    },
    {
      name: 'one that comes off by itself, both times',
      code: `export class Panel {
  constructor(private readonly el: HTMLElement) {}
  show() { this.el.addEventListener('animationend', this.onEnd, { once: true }); this.el.addEventListener('click', this.onClick); }
  hide() { this.el.removeEventListener('click', this.onClick); this.el.addEventListener('animationend', this.onEnd, { once: true }); }
  private onEnd = () => {};
  private onClick = () => {};
}`,
    },
    {
      name: 'a toggle beside an end of all',
      code: `export class Reference {
  constructor(private readonly part, private readonly app) { this.toggle('on'); }
  private toggle(method: 'on' | 'off') {
    this.part[method]('set', this.onSet, this);
    this.app.on('loaded', this.onLoaded, this);
  }
  private onSet() {}
  private onLoaded() {}
  destroy() { this.toggle('off'); this.app.off(); }
}`,
    },
  ],
);
