import { samples } from '../expectLeaks';

samples(
  'ways out of a work that leave its handlers',
  [
    {
      name: 'a drag that never moved',
      path: 'src/split.js',
      code: `export function draggable(bar, onEnd) {
  bar.addEventListener('pointerdown', (down) => {
    let started = false;
    const move = (event) => {
      if (Math.abs(event.clientX - down.clientX) > 3) started = true;
    };
    const up = () => {
      if (!started) {
        return;
      }
      onEnd();
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
    };
    window.addEventListener('pointermove', move); // leak listener/dom-event-listener
    window.addEventListener('pointerup', up); // leak listener/dom-event-listener
  });
}`,
    },
    {
      name: 'a drag of an instance',
      code: `export class Knob {
  private turning = false;
  private dragged = false;
  down() {
    this.turning = true;
    document.addEventListener('mousemove', this.turn); // leak listener/dom-event-listener
    document.addEventListener('mouseup', this.up); // leak listener/dom-event-listener
  }
  turn = () => {
    this.dragged = true;
  };
  up = () => {
    this.turning = false;
    if (this.dragged === false) return;
    this.endTurn();
  };
  endTurn() {
    document.removeEventListener('mousemove', this.turn);
    document.removeEventListener('mouseup', this.up);
  }
}`,
    },
    {
      name: 'a question that is answered with an error',
      code: `import { Worker } from 'node:worker_threads';
export function ask(worker: Worker, question: string) {
  return new Promise((resolve, reject) => {
    const onReply = (reply: { error?: Error; value?: string }) => {
      if (reply.error) {
        reject(reply.error);
        return;
      }
      worker.off('message', onReply);
      resolve(reply.value);
    };
    worker.on('message', onReply); // leak listener/emitter-on
    worker.postMessage(question);
  });
}`,
    },
    {
      name: 'a callback that is told of an error in the other branch',
      path: 'src/ask.js',
      code: `import { fork } from 'node:child_process';
const child = fork('./child.js');
export function ask(question, callback) {
  const onReply = (reply) => {
    if (reply.question !== question) return;
    if (reply.error) callback(new Error(reply.error));
    else {
      child.removeListener('message', onReply);
      callback(null, reply.value);
    }
  };
  child.on('message', onReply); // leak listener/emitter-on
  child.send(question);
}`,
    },
  ],
  [
    {
      name: 'a drag by another pointer',
      path: 'src/split.js',
      code: `export function draggable(bar, onEnd) {
  bar.addEventListener('pointerdown', (down) => {
    const up = (event) => {
      if (event.pointerId !== down.pointerId) return;
      window.removeEventListener('pointerup', up);
      onEnd();
    };
    window.addEventListener('pointerup', up);
  });
}`,
    },
    {
      name: 'a drag whose handlers go first',
      path: 'src/split.js',
      code: `export function draggable(bar, onEnd) {
  bar.addEventListener('pointerdown', () => {
    let started = false;
    const move = () => {
      started = true;
    };
    const up = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      if (!started) return;
      onEnd();
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
  });
}`,
    },
    {
      name: 'each part is told, the last one ends it',
      code: `import { Worker } from 'node:worker_threads';
export function ask(worker: Worker, question: string, callback: (error: unknown, part?: string) => void) {
  const onReply = (reply: { part?: string }) => {
    if (reply.part) {
      callback(null, reply.part);
      return;
    }
    worker.off('message', onReply);
    callback(null);
  };
  worker.on('message', onReply);
  worker.postMessage(question);
}`,
    },
    {
      name: 'a failed worker is ended',
      code: `import { Worker } from 'node:worker_threads';
export function ask(worker: Worker, question: string) {
  return new Promise((resolve, reject) => {
    const onReply = (reply: { error?: Error; value?: string }) => {
      if (reply.error) {
        worker.terminate();
        reject(reply.error);
        return;
      }
      worker.off('message', onReply);
      resolve(reply.value);
    };
    worker.on('message', onReply);
    worker.postMessage(question);
  });
}`,
    },
    {
      name: 'a clean-up that both ways run',
      code: `import { Worker } from 'node:worker_threads';
export function ask(worker: Worker, question: string) {
  return new Promise((resolve, reject) => {
    const over = () => worker.off('message', onReply);
    const onReply = (reply: { error?: Error; value?: string }) => {
      if (reply.error) {
        over();
        reject(reply.error);
      } else {
        over();
        resolve(reply.value);
      }
    };
    worker.on('message', onReply);
    worker.postMessage(question);
  });
}`,
    },
  ],
);

samples(
  'a release behind a condition that the acquisition does not know',
  [
    {
      name: 'an attribute that tells whether it is open',
      path: 'src/menu.js',
      code: `export class SideMenu extends HTMLElement {
  get expanded() {
    return this.hasAttribute('expanded');
  }
  connectedCallback() {
    document.addEventListener('click', this.outside); // leak listener/dom-event-listener
  }
  outside = () => this.removeAttribute('expanded');
  disconnectedCallback() {
    if (!this.expanded) return;
    this.removeAttribute('expanded');
    document.removeEventListener('click', this.outside);
  }
}`,
    },
    {
      name: 'a state of the component',
      path: 'src/Tip.jsx',
      code: `import React from 'react';
export class Tip extends React.Component {
  state = { shown: false };
  componentDidMount() {
    window.addEventListener('scroll', this.place); // leak listener/dom-event-listener
    this.poll = setInterval(this.place, 500); // leak listener/interval
  }
  place = () => this.setState({ shown: true });
  componentWillUnmount() {
    if (this.state.shown) {
      window.removeEventListener('scroll', this.place);
      clearInterval(this.poll);
    }
  }
  render() {
    return <p />;
  }
}`,
    },
    {
      name: 'a flag that two other methods turn',
      code: `export class Player {
  private playing = false;
  private clock: number;
  constructor(private readonly draw: () => void) {
    this.clock = setInterval(() => this.draw(), 100); // leak listener/interval
  }
  play() {
    this.playing = true;
  }
  pause() {
    this.playing = false;
  }
  destroy() {
    if (!this.playing) return;
    clearInterval(this.clock);
  }
}`,
    },
    {
      name: 'a prop that the effect does not ask for',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ enabled, run }) {
  useEffect(() => {
    window.addEventListener('keydown', run); // leak listener/dom-event-listener
    return () => {
      if (enabled) window.removeEventListener('keydown', run);
    };
  }, [run]);
  return <p />;
}`,
    },
  ],
  [
    {
      name: 'what the set-up asks for, too',
      path: 'src/Keys.tsx',
      code: `import { useEffect } from 'react';
export function Keys({ enabled, run }) {
  useEffect(() => {
    if (enabled) window.addEventListener('keydown', run);
    return () => {
      if (enabled) window.removeEventListener('keydown', run);
    };
  }, [run, enabled]);
  return <p />;
}`,
    },
    {
      name: 'a flag that the set-up sets',
      code: `export class Player {
  private started = false;
  private clock: number;
  constructor(private readonly draw: () => void) {
    this.clock = setInterval(() => this.draw(), 100);
    this.started = true;
  }
  reset() {
    this.started = false;
    clearInterval(this.clock);
  }
  destroy() {
    if (!this.started) return;
    clearInterval(this.clock);
  }
}`,
    },
    {
      name: 'a teardown that runs once',
      code: `export class Player {
  private disposed = false;
  private clock: number;
  constructor(private readonly draw: () => void) {
    this.clock = setInterval(() => this.draw(), 100);
  }
  revive() {
    this.disposed = false;
  }
  destroy() {
    if (this.disposed) return;
    this.disposed = true;
    clearInterval(this.clock);
  }
}`,
    },
    {
      name: 'the thing itself, and one that is there for good',
      code: `export class Player {
  private view: HTMLElement | null = null;
  private clock: number | null = null;
  constructor(private readonly draw: () => void) {
    this.clock = setInterval(() => this.draw(), 100);
  }
  attach(view: HTMLElement) {
    this.view = view;
  }
  destroy() {
    if (this.clock !== null && this.view) clearInterval(this.clock);
  }
}`,
    },
  ],
);

const drag = (reset: string, more = ''): string => `export class Table {
  private column = -1;
  down(column: number) {
    this.column = column;
    document.addEventListener('mouseup', this.up);${reset.includes('leak') ? ' // leak listener/dom-event-listener' : ''}
  }
  up = () => {
    if (this.column < 0) return;
    this.release();
  };
  ${reset.replace('leak', '')}
  ${more}
}`;

samples(
  'a flag that says whether the handlers are there',
  [
    {
      name: 'is set by who leaves them',
      code: drag(
        "leak release() {\n    document.removeEventListener('mouseup', this.up);\n    this.column = -1;\n  }",
        'reset() {\n    this.column = -1;\n  }',
      ),
    },
    {
      name: 'is one of a module, set elsewhere',
      code: `let dragging = false;
export function down() {
  dragging = true;
  window.addEventListener('pointerup', up); // leak listener/dom-event-listener
}
function up() {
  if (!dragging) return;
  window.removeEventListener('pointerup', up);
}
export function cancel() {
  dragging = false;
}`,
    },
  ],
  [
    {
      name: 'is set by who takes them off',
      code: drag("release() {\n    document.removeEventListener('mouseup', this.up);\n    this.column = -1;\n  }"),
    },
    {
      name: 'is set by who asks another to take them off',
      code: drag(
        'release() {\n    this.column = -1;\n    this.unlisten();\n  }',
        "unlisten() {\n    document.removeEventListener('mouseup', this.up);\n  }",
      ),
    },
    {
      name: 'is one of a module',
      code: `let dragging = false;
export function down() {
  dragging = true;
  window.addEventListener('pointerup', up);
}
function up() {
  if (!dragging) return;
  finish();
}
function finish() {
  dragging = false;
  window.removeEventListener('pointerup', up);
}`,
    },
  ],
);

samples(
  'a flag that another function sets at the beginning',
  [],
  [
    {
      name: 'and that is set back with the removal',
      code: `let column = -1;
function begin(at: number) {
  column = at;
}
export function down(at: number) {
  begin(at);
  document.addEventListener('mouseup', up);
}
function up() {
  if (column < 0) return;
  column = -1;
  save();
  document.removeEventListener('mouseup', up);
}
function save() {}`,
    },
  ],
);
