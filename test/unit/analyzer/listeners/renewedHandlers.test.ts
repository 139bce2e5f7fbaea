import { samples } from '../expectLeaks';

samples(
  'what is made anew over the one before',
  [
    {
      name: 'a handler, taken off on the way out only',
      path: 'src/keys.js',
      code: `export class Keys {
  #onKey = null;
  constructor(host) {
    this.host = host;
    host.addController(this);
  }
  hostUpdated() {
    if (!this.host.open) {
      this.#rest();
      return;
    }
    const { version } = this.host;
    this.#onKey = (event) => this.tell(event, version);
    document.addEventListener('keydown', this.#onKey); // leak listener/dom-event-listener
  }
  hostDisconnected() {
    this.#rest();
  }
  #rest() {
    if (!this.#onKey) return;
    document.removeEventListener('keydown', this.#onKey);
    this.#onKey = null;
  }
  tell() {}
}`,
    },
    {
      name: 'a handler of each event',
      path: 'src/drag.js',
      code: `export class Drag {
  start() {
    document.addEventListener('pick', this.onPick);
  }
  onPick = (event) => {
    const { id } = event.detail;
    this.onMove = (move) => this.draw(id, move);
    window.addEventListener('pointermove', this.onMove); // leak listener/dom-event-listener
  };
  draw() {}
  destroy() {
    document.removeEventListener('pick', this.onPick);
    window.removeEventListener('pointermove', this.onMove);
  }
}`,
    },
    {
      name: 'an observer that a constructor has declared empty',
      path: 'src/captions.js',
      code: `export class Captions {
  constructor() {
    this.observer = null;
    this.onNavigate = this.onNavigate.bind(this);
  }
  start() {
    document.addEventListener('navigate', this.onNavigate);
    this.watch(document.body);
  }
  onNavigate() {
    this.watch(document.querySelector('#panel') ?? document.body);
  }
  watch(root) {
    this.observer = new MutationObserver(() => this.scan(root)); // leak listener/mutation-observer
    this.observer.observe(root, { childList: true });
  }
  scan() {}
  stop() {
    document.removeEventListener('navigate', this.onNavigate);
    if (this.observer) this.observer.disconnect();
    this.observer = null;
  }
}`,
    },
  ],
  [
    {
      name: 'taken off in any case before the next',
      path: 'src/keys.js',
      code: `export class Keys {
  #onKey = null;
  constructor(host) {
    this.host = host;
    host.addController(this);
  }
  hostUpdated() {
    this.#rest();
    if (!this.host.open) return;
    const { version } = this.host;
    this.#onKey = (event) => this.tell(event, version);
    document.addEventListener('keydown', this.#onKey);
  }
  hostDisconnected() {
    this.#rest();
  }
  #rest() {
    if (!this.#onKey) return;
    document.removeEventListener('keydown', this.#onKey);
    this.#onKey = null;
  }
  tell() {}
}`,
    },
    {
      name: 'added where there is none',
      path: 'src/keys.js',
      code: `export class Keys {
  #onKey = null;
  constructor(host) {
    this.host = host;
    host.addController(this);
  }
  hostUpdated() {
    if (!this.host.open) {
      this.#rest();
      return;
    }
    if (this.#onKey) return;
    this.#onKey = (event) => this.tell(event);
    document.addEventListener('keydown', this.#onKey);
  }
  hostDisconnected() {
    this.#rest();
  }
  #rest() {
    if (!this.#onKey) return;
    document.removeEventListener('keydown', this.#onKey);
    this.#onKey = null;
  }
  tell() {}
}`,
    },
    {
      name: 'the handler takes itself off',
      path: 'src/drag.js',
      code: `export class Drag {
  start() {
    document.addEventListener('pick', this.onPick);
  }
  onPick = (event) => {
    const { id } = event.detail;
    this.onMove = (move) => {
      this.draw(id, move);
      window.removeEventListener('pointermove', this.onMove);
    };
    window.addEventListener('pointermove', this.onMove);
  };
  draw() {}
  destroy() {
    document.removeEventListener('pick', this.onPick);
    window.removeEventListener('pointermove', this.onMove);
  }
}`,
    },
    {
      name: 'the observer before is let go under a condition',
      path: 'src/captions.js',
      code: `export class Captions {
  constructor() {
    this.observer = null;
    this.onNavigate = this.onNavigate.bind(this);
  }
  start() {
    document.addEventListener('navigate', this.onNavigate);
    this.watch(document.body);
  }
  onNavigate() {
    if (this.observer) this.observer.disconnect();
    this.watch(document.querySelector('#panel') ?? document.body);
  }
  watch(root) {
    this.observer = new MutationObserver(() => this.scan(root));
    this.observer.observe(root, { childList: true });
  }
  scan() {}
  stop() {
    document.removeEventListener('navigate', this.onNavigate);
    if (this.observer) this.observer.disconnect();
    this.observer = null;
  }
}`,
    },
    {
      name: 'added only when it has changed, and taken off when it is closed',
      path: 'src/keys.js',
      code: `export class Keys {
  #onKey = null;
  constructor(host) {
    this.host = host;
    host.addController(this);
  }
  hostUpdated() {
    if (!this.host.open) {
      this.#rest();
      return;
    }
    if (!this.host.changed.has('open')) return;
    const { version } = this.host;
    this.#onKey = (event) => this.tell(event, version);
    document.addEventListener('keydown', this.#onKey);
  }
  hostDisconnected() {
    this.#rest();
  }
  #rest() {
    if (!this.#onKey) return;
    document.removeEventListener('keydown', this.#onKey);
    this.#onKey = null;
  }
  tell() {}
}`,
    },
  ],
);
