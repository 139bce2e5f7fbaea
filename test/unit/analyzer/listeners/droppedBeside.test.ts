import { samples } from '../expectLeaks';

samples(
  'handlers whose end is dropped beside one whose end is kept',
  [
    {
      name: 'by a function of another file, on the same object',
      code: `import { addEvent } from './events';
export class Ranges {
  private unResize?: () => void;
  init(chart: any) {
    this.unResize = addEvent(chart, 'resize', () => this.draw());
    addEvent(chart, 'load', () => this.draw()); // leak listener/end-dropped
  }
  draw() {}
  destroy() {
    this.unResize?.();
  }
}`,
    },
    {
      name: 'the same handler, on the object that takes the place of the one before',
      path: 'src/light.js',
      code: `export class Light {
  _added = null;
  onEnable(scene) {
    this._added = scene.layers.on('add', this.onAdded, this);
  }
  onLayers(before, now) {
    before.off('add', this.onAdded, this);
    now.on('add', this.onAdded, this); // leak listener/end-dropped
  }
  onDisable() {
    this._added?.off();
    this._added = null;
  }
  onAdded(layer) {
    layer.light(this);
  }
}`,
    },
    {
      name: 'a timer without a known delay, and one of a moment that arms the next',
      path: 'src/card.ts',
      code: `export class Card {
  private fading?: number;
  fade(after: number) {
    this.fading = window.setTimeout(() => this.hide(), after);
    window.setTimeout(() => this.hide(), after); // leak listener/end-dropped
    window.setTimeout(() => this.again(), 300); // leak listener/end-dropped
  }
  again() {
    if (this.hidden()) return;
    window.setTimeout(() => this.hide(), 20000); // leak listener/timeout-in-class
  }
  hidden() {
    return this.fading === undefined;
  }
  hide() {}
  ngOnDestroy() {
    window.clearTimeout(this.fading);
  }
}`,
    },
  ],
  [
    {
      name: 'timers that end in a moment by themselves, if the others are cleared on a condition only',
      path: 'src/card.ts',
      code: `export class Card {
  private fading?: number;
  private focused = false;
  fade() {
    this.fading = window.setTimeout(() => this.hide(), 2000);
    window.setTimeout(() => this.focus());
    window.setTimeout(() => this.hide(), 0);
    window.setTimeout(() => {
      if (!this.focused) this.focus();
    }, 200);
  }
  focus() {}
  hide() {}
  ngOnDestroy() {
    if (this.focused) window.clearTimeout(this.fading);
  }
}`,
    },
    {
      name: 'both are kept, and one is ended on a condition',
      code: `import { addEvent } from './events';
export class Ranges {
  private unResize?: () => void;
  private unLoad?: () => void;
  private loaded = false;
  init(chart: any) {
    this.unResize = addEvent(chart, 'resize', () => this.draw());
    this.unLoad = addEvent(chart, 'load', () => this.draw());
  }
  draw() {}
  destroy() {
    this.unResize?.();
    if (this.loaded) this.unLoad?.();
  }
}`,
    },
    {
      name: 'taken off by name elsewhere, if only in a handler',
      path: 'src/light.js',
      code: `export class Light {
  _added = null;
  onEnable(scene) {
    this._added = scene.layers.on('add', this.onAdded, this);
    scene.on('end', (last) => last.off('add', this.onAdded, this));
  }
  onLayers(before, now) {
    now.on('add', this.onAdded, this);
  }
  onDisable() {
    this._added?.off();
    this._added = null;
  }
  onAdded(layer) {
    layer.light(this);
  }
}`,
    },
    {
      name: 'what the instance makes itself',
      code: `import { Client } from './client';
export class Panel {
  private client?: Client;
  private stop?: () => void;
  open() {
    this.client = new Client();
    this.client.subscribe((event: any) => this.show(event));
  }
  follow(id: string) {
    this.stop = this.client?.subscribe((event: any) => this.show(event));
  }
  show(event: any) {}
  dispose() {
    this.stop?.();
    this.client?.close();
  }
}`,
    },
    {
      name: 'a handler of the end, and one on another object',
      code: `import { addEvent } from './events';
export class Ranges {
  private unResize?: () => void;
  init(chart: any) {
    this.unResize = addEvent(chart, 'resize', () => this.draw());
    addEvent(chart, 'destroy', () => this.destroy());
    const box = document.createElement('p');
    addEvent(box, 'click', () => this.draw());
  }
  draw() {}
  destroy() {
    this.unResize?.();
  }
}`,
    },
    {
      name: 'handlers that a signal, their event or the end of their source takes off',
      code: `export class Layer {
  constructor(map, field, bus) {
    this.map = map;
    this.unMap = map.on('move', () => this.draw());
    map.on('load', () => this.update());
    this.unField = field.listen('change', () => this.draw());
    field.listen('focus', () => this.update(), { signal: this.ac.signal });
    this.unBus = bus.on('change', () => this.draw());
    bus.on('ready', () => this.update(), { once: true });
  }
  destroy() { this.unMap(); this.unField(); this.unBus(); this.ac.abort(); this.map.remove(); }
  draw() {}
  update() {}
}
export const layers = (maps, field, bus) => maps.map((map) => new Layer(map, field, bus));`,
    },
  ],
);
