import { samples } from '../expectLeaks';

samples(
  'releases behind what only an event brings about',
  [
    {
      name: 'a flag, in the counterpart',
      code: `import type { Awareness } from 'y-protocols/awareness';
export class Peers {
  private met = false;
  constructor(private readonly awareness: Awareness) {}
  attach() {
    this.awareness.on('change', this.onChange); // leak listener/emitter-on
  }
  detach() {
    if (!this.met) return;
    this.awareness.off('change', this.onChange);
  }
  private readonly onChange = () => {
    this.met = true;
  };
}`,
    },
    {
      name: 'a set that is still empty',
      path: 'src/hints.js',
      code: `export class Hints {
  #shown = new Set();
  connectedCallback() {
    window.addEventListener('hint', this.onHint); // leak listener/dom-event-listener
  }
  disconnectedCallback() {
    if (this.#shown.size > 0) {
      window.removeEventListener('hint', this.onHint);
      this.#shown.clear();
    }
  }
  onHint = (event) => {
    this.#shown.add(event.detail);
  };
}`,
    },
  ],
  [
    {
      name: 'the release comes first',
      code: `import type { Awareness } from 'y-protocols/awareness';
export class Peers {
  private met = false;
  constructor(private readonly awareness: Awareness) {}
  attach() {
    this.awareness.on('change', this.onChange);
  }
  detach() {
    this.awareness.off('change', this.onChange);
    if (!this.met) return;
    console.log('met');
  }
  private readonly onChange = () => {
    this.met = true;
  };
}`,
    },
    {
      name: 'the set-up brings it about as well',
      code: `import type { Awareness } from 'y-protocols/awareness';
export class Peers {
  private met = false;
  constructor(private readonly awareness: Awareness) {}
  attach() {
    this.awareness.on('change', this.onChange);
    this.onChange();
  }
  detach() {
    if (!this.met) return;
    this.awareness.off('change', this.onChange);
  }
  private readonly onChange = () => {
    this.met = true;
  };
}`,
    },
    {
      name: 'a method that others call may bring it about',
      code: `import type { Awareness } from 'y-protocols/awareness';
export class Peers {
  private met = false;
  constructor(private readonly awareness: Awareness) {}
  attach() {
    this.awareness.on('change', this.onChange);
  }
  meet() {
    this.met = true;
  }
  detach() {
    if (!this.met) return;
    this.awareness.off('change', this.onChange);
  }
  private readonly onChange = () => {
    console.log('changed');
  };
}`,
    },
    {
      name: 'the set-up has the event come itself',
      code: `import type { Awareness } from 'y-protocols/awareness';
export class Peers {
  private met = false;
  constructor(private readonly awareness: Awareness) {}
  attach() {
    this.awareness.on('change', this.onChange);
    this.awareness.emit('change', []);
  }
  detach() {
    if (!this.met) return;
    this.awareness.off('change', this.onChange);
  }
  private readonly onChange = () => {
    this.met = true;
  };
}`,
    },
  ],
);
