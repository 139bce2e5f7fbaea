/** What games, drawings and desktops of panels share: the clock that runs each frame, signals, events of the whole game. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';
import type { ReleaseForm } from './releaseForms';

const from = (modules: readonly string[], ...names: readonly string[]): readonly ApiName[] =>
  modules.flatMap((module) => names.map((name) => ({ module, name })));

const pixi = ['pixi.js', 'pixi.js-legacy', '@pixi/ticker', '@pixi/core', '@pixi/app'];
const gsap = ['gsap', 'gsap/all', 'gsap/gsap-core', 'gsap/dist/gsap'];
const signaling = ['@lumino/signaling', '@phosphor/signaling'];

export const sharedLoopTypes: readonly TypeEntry[] = [
  { id: 'pixi.app', names: [...from(pixi, 'Application'), { name: 'PIXI.Application' }] },
  {
    id: 'pixi.ticker',
    names: [...from(pixi, 'Ticker'), { name: 'PIXI.Ticker' }],
    members: [{ of: 'pixi.app', name: 'ticker', call: false }],
  },
  {
    id: 'frame.ticker',
    names: [],
    values: [
      ...from(pixi, 'Ticker.shared', 'Ticker.system'),
      { name: 'PIXI.Ticker.shared' },
      { name: 'PIXI.Ticker.system' },
    ],
    is: ['pixi.ticker'],
    lives: 'page',
  },
  {
    id: 'gsap.ticker',
    names: [],
    values: [...from(gsap, 'gsap.ticker', 'default.ticker', 'ticker'), { name: 'gsap.ticker' }],
    lives: 'page',
  },
  {
    id: 'page.events',
    names: [],
    values: [
      { name: 'createjs.Ticker' },
      ...from(['gsap/ScrollTrigger', 'gsap/all', 'gsap/dist/ScrollTrigger'], 'ScrollTrigger', 'default'),
      { name: 'ScrollTrigger' },
    ],
    is: ['event-target'],
    lives: 'page',
  },
  {
    id: 'babylon.scene',
    names: [...from(['@babylonjs/core', 'babylonjs', '@babylonjs/core/scene'], 'Scene'), { name: 'BABYLON.Scene' }],
  },
  {
    id: 'phaser.scene',
    names: [...from(['phaser'], 'Scene', 'default.Scene', 'Phaser.Scene'), { name: 'Phaser.Scene' }],
  },
  {
    id: 'phaser.game',
    names: [...from(['phaser'], 'Game', 'default.Game', 'Phaser.Game'), { name: 'Phaser.Game' }],
    members: [
      { of: 'phaser.scene', name: 'game', call: false },
      { of: 'phaser.scene', name: 'registry', call: false },
    ],
  },
  {
    // A scene is started again and again; these are there for all of them.
    id: 'phaser.shared',
    names: [],
    members: [
      ...['scale', 'sound', 'textures', 'anims', 'plugins'].map((name) => ({ of: 'phaser.scene', name, call: false })),
      ...['events', 'scale', 'sound', 'textures', 'anims'].map((name) => ({ of: 'phaser.game', name, call: false })),
    ],
    is: ['emitter'],
    lives: 'page',
  },
  {
    id: 'ember.router',
    names: from(['@ember/routing/router-service', '@ember/routing'], 'default', 'RouterService'),
    is: ['emitter'],
    lives: 'page',
  },
  { id: 'signal', names: from(signaling, 'Signal', 'ISignal') },
];

const signalReleases: readonly ReleaseForm[] = [
  { form: 'removal', method: ['disconnect'], identity: { handler: 0, context: 1 } },
  {
    form: 'whole-owner',
    callee: from(
      signaling,
      'Signal.clearData',
      'Signal.disconnectReceiver',
      'Signal.disconnectAll',
      'Signal.disconnectBetween',
    ),
  },
];

export const sharedLoopKinds: readonly ResourceKind[] = [
  {
    id: 'listener/frame-callback',
    family: 'listener',
    noun: 'frame callback',
    title: 'Callback of each frame is never removed',
    participle: 'removed',
    severity: 'high',
    words: ['icker', 'registerBeforeRender', 'registerAfterRender', 'runRenderLoop'],
    acquire: [
      {
        form: 'registration',
        on: ['pixi.ticker'],
        method: ['add'],
        identity: { handler: 0, context: 1 },
      },
      { form: 'registration', on: ['gsap.ticker'], method: ['add'], identity: { handler: 0 } },
      {
        form: 'registration',
        on: ['babylon.scene'],
        method: ['registerBeforeRender', 'registerAfterRender'],
        identity: { handler: 0 },
      },
    ],
    release: [
      { form: 'removal', method: ['remove'], identity: { handler: 0, context: 1 } },
      { form: 'removal', method: ['unregisterBeforeRender', 'unregisterAfterRender'], identity: { handler: 0 } },
    ],
    heldBy: 'receiver',
    documentation: {
      what: 'A function that a sprite, scene or component adds to the clock of the whole page, to be run at each frame, and never takes off, or takes off without the context that it was added with.',
      why: 'The clock runs it sixty times a second for ever, and keeps what has long left the screen.',
      leaking:
        "import { Ticker } from 'pixi.js';\nexport class Spark {\n  constructor() {\n    Ticker.shared.add(this.step, this);\n  }\n  step() {}\n  destroy() {\n    Ticker.shared.remove(this.step);\n  }\n}",
      safe: "import { Ticker } from 'pixi.js';\nexport class Spark {\n  constructor() {\n    Ticker.shared.add(this.step, this);\n  }\n  step() {}\n  destroy() {\n    Ticker.shared.remove(this.step, this);\n  }\n}",
      releases: ['`remove` with the same function and the same context', 'a clock that ends with its owner'],
    },
  },
  {
    id: 'listener/signal-connection',
    family: 'listener',
    noun: 'slot',
    title: 'Slot stays connected to a signal of something that lives on',
    participle: 'disconnected',
    severity: 'medium',
    words: signaling,
    acquire: [
      {
        form: 'registration',
        on: ['signal'],
        named: [
          'changed',
          'signal',
          'added',
          'removed',
          'updated',
          'disposed',
          'requested',
          'activated',
          'ready',
          'emitted',
          'message',
          'opened',
          'closed',
          'saved',
          'executed',
          'scheduled',
          'invoked',
        ],
        method: ['connect'],
        identity: { handler: 0, context: 1 },
      },
    ],
    release: signalReleases,
    heldBy: 'receiver',
    documentation: {
      what: 'An object connects its method to a signal of what it was given, and its own `dispose` does not disconnect it.',
      why: 'The sender keeps the slot and the object that it belongs to; each object that is made and disposed of adds one that still runs.',
      leaking:
        "import { Signal } from '@lumino/signaling';\nexport class Title {\n  readonly renamed = new Signal<this, string>(this);\n  constructor(private readonly shell: Shell) {\n    this.shell.currentChanged.connect(this.update, this);\n  }\n  update() {}\n  dispose() {\n    Signal.disconnectSender(this);\n  }\n}",
      safe: "import { Signal } from '@lumino/signaling';\nexport class Title {\n  readonly renamed = new Signal<this, string>(this);\n  constructor(private readonly shell: Shell) {\n    this.shell.currentChanged.connect(this.update, this);\n  }\n  update() {}\n  dispose() {\n    Signal.clearData(this);\n  }\n}",
      releases: [
        '`disconnect` with the same slot and the same context',
        '`Signal.clearData(this)`, `Signal.disconnectReceiver(this)`',
        'a base class that does so when it is disposed of',
      ],
    },
  },
];
