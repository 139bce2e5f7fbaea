import { samples } from '../expectLeaks';

samples(
  'the clock of all frames, signals, and events of a whole game',
  [
    {
      name: 'a sprite on the ticker of the application',
      code: `import { type Application, Sprite } from 'pixi.js';
export class Cloud extends Sprite {
  constructor(private readonly app: Application) {
    super();
    this.app.ticker.add(this.drift, this); // leak listener/frame-callback
  }
  drift() {}
  override destroy() {
    this.app.ticker.remove(this.drift);
    super.destroy();
  }
}`,
    },
    {
      name: 'a hook on a ticker of the page',
      path: 'src/useFrame.js',
      code: `import { useEffect } from 'react';
import gsap from 'gsap';
export function useFrame(draw) {
  useEffect(() => {
    const step = (time) => draw(time);
    gsap.ticker.add(step); // leak listener/frame-callback
  }, [draw]);
}`,
    },
    {
      name: 'a slot of a model that its dispose leaves',
      code: `import { type ISignal, Signal } from '@lumino/signaling';
export class Badge {
  private readonly shown = new Signal<this, void>(this);
  constructor(private readonly kernel: { statusChanged: ISignal<unknown, string> }) {
    this.kernel.statusChanged.connect(this.show, this); // leak listener/signal-connection
  }
  get changed() {
    return this.shown;
  }
  show() {}
  dispose() {
    Signal.disconnectSender(this);
  }
}`,
    },
    {
      name: 'a scene that is started again',
      path: 'src/Menu.js',
      code: `import Phaser from 'phaser';
export class Menu extends Phaser.Scene {
  create() {
    this.events.once('shutdown', this.shutdown, this);
    this.scale.on('resize', this.place, this); // leak listener/emitter-on
    this.game.events.on('blur', this.dim, this);
  }
  place() {}
  dim() {}
  shutdown() {
    this.game.events.off('blur', this.dim, this);
  }
}`,
    },
    {
      name: 'a view of a scene',
      code: `import type { Scene } from '@babylonjs/core';
export class Trail {
  constructor(private readonly scene: Scene) {
    this.scene.registerBeforeRender(this.step); // leak listener/frame-callback
  }
  step = () => {};
  dispose() {
    this.step = () => {};
  }
}`,
    },
  ],
  [
    {
      name: 'removed with the context that it was added with',
      code: `import { type Application, Sprite } from 'pixi.js';
export class Cloud extends Sprite {
  constructor(private readonly app: Application) {
    super();
    this.app.ticker.add(this.drift, this);
  }
  drift() {}
  override destroy() {
    this.app.ticker.remove(this.drift, this);
    super.destroy();
  }
}`,
    },
    {
      name: 'a ticker of its own',
      code: `import { Ticker } from 'pixi.js';
export class Clock {
  private readonly ticker = new Ticker();
  constructor() {
    this.ticker.add(this.step, this);
    this.ticker.start();
  }
  step() {}
  destroy() {
    this.ticker.destroy();
  }
}`,
    },
    {
      name: 'a slot of a model that its dispose takes off with all others',
      code: `import { type ISignal, Signal } from '@lumino/signaling';
export class Badge {
  constructor(private readonly kernel: { statusChanged: ISignal<unknown, string> }) {
    this.kernel.statusChanged.connect(this.show, this);
  }
  show() {}
  dispose() {
    Signal.clearData(this);
  }
}`,
    },
    {
      name: 'a slot of a widget, which its base takes off',
      code: `import { type ISignal, Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
export class Badge extends Widget {
  readonly picked = new Signal<this, void>(this);
  constructor(private readonly kernel: { statusChanged: ISignal<unknown, string> }) {
    super();
    this.kernel.statusChanged.connect(this.show2, this);
  }
  show2() {}
  override dispose() {
    super.dispose();
  }
}`,
    },
    {
      name: 'a signal of its own',
      code: `import { Signal } from '@lumino/signaling';
export class Badge {
  private readonly shown = new Signal<this, void>(this);
  constructor() {
    this.shown.connect(this.log, this);
  }
  log() {}
  dispose() {
    Signal.disconnectSender(this);
  }
}`,
    },
    {
      name: 'events of the scene itself, and those that it takes off',
      path: 'src/Menu.js',
      code: `import Phaser from 'phaser';
export class Menu extends Phaser.Scene {
  create() {
    this.input.on('pointerdown', this.pick, this);
    this.scale.on('resize', this.place, this);
    this.events.once('shutdown', () => this.scale.off('resize', this.place, this));
  }
  pick() {}
  place() {}
}`,
    },
  ],
);
