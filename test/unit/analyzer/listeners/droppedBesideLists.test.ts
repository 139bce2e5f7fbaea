import { samples } from '../expectLeaks';

samples(
  'an end that is dropped beside those of a list',
  [
    {
      name: 'in a class that goes through the list',
      code: `import { on } from './on';
export class Panel {
  private undo: Array<() => void> = [];
  constructor() {
    this.undo.push(on(window, 'resize', () => this.draw()));
    on(window, 'scroll', () => this.draw()); // leak listener/end-dropped
  }
  draw() {}
  destroy() {
    while (this.undo.length > 0) this.undo.pop()?.();
  }
}`,
    },
    {
      name: 'two at once in the list, and one beside them',
      code: `import { bus } from './bus';
export class Tray {
  private subs: { dispose(): void }[] = [];
  mount() {
    this.subs.push(
      bus.listen('open', () => this.draw()),
      bus.listen('close', () => this.draw()),
    );
    bus.listen('lock', () => this.draw()); // leak listener/end-dropped
  }
  draw() {}
  dispose() {
    for (const sub of this.subs) sub.dispose();
    this.subs = [];
  }
}`,
    },
    {
      name: 'in an effect',
      code: `import { useEffect } from 'react';
import { on } from './on';
export function useKeys(view: { draw(): void }) {
  useEffect(() => {
    const offs: Array<() => void> = [];
    offs.push(on(window, 'keydown', () => view.draw()));
    on(window, 'keyup', () => view.draw()); // leak listener/end-dropped
    return () => offs.forEach((off) => off());
  }, [view]);
}`,
    },
  ],
  [
    {
      name: 'all are in the list',
      code: `import { on } from './on';
export class Panel {
  private undo: Array<() => void> = [];
  constructor() {
    this.undo.push(on(window, 'resize', () => this.draw()));
    this.undo.push(on(window, 'scroll', () => this.draw()));
  }
  draw() {}
  destroy() {
    while (this.undo.length > 0) this.undo.pop()?.();
  }
}`,
    },
    {
      name: 'an element of the instance goes with it',
      code: `export class Handle {
  private stops: Array<() => void> = [];
  constructor(private readonly renderer: any, private readonly element: HTMLElement) {
    this.stops.push(this.renderer.listen('document', 'pointermove', () => this.draw()));
    this.renderer.listen(this.element, 'pointerdown', () => this.draw());
  }
  draw() {}
  ngOnDestroy() {
    this.stops.forEach((stop) => stop());
  }
}`,
    },
    {
      name: 'what the list has is only looked at in the end, under a condition',
      code: `import { on } from './on';
export class Panel {
  private undo: Array<() => void> = [];
  constructor() {
    this.undo.push(on(window, 'resize', () => this.draw()));
    on(window, 'scroll', () => this.draw());
  }
  draw() {}
  destroy() {
    if (this.undo.length > 0) console.log('left', this.undo.length);
  }
}`,
    },
    {
      name: 'one that comes off by itself',
      code: `import { on } from './on';
export class Panel {
  private undo: Array<() => void> = [];
  constructor() {
    this.undo.push(on(window, 'resize', () => this.draw(), {}));
    on(window, 'scroll', () => this.draw(), { once: true });
  }
  draw() {}
  destroy() {
    for (const undo of this.undo) undo();
  }
}`,
    },
    {
      name: 'a function that names nothing of the instance',
      code: `export class Panel {
  private views: { destroy(): void }[] = [];
  constructor(items: any) {
    this.views.push(items.create((item: any) => this.draw(item)));
    items.create((item: any) => item);
  }
  draw(item: any) {}
  destroy() {
    for (const view of this.views) view.destroy();
  }
}`,
    },
  ],
);
