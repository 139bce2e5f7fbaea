/** Disposables that are dropped, overwritten or not registered. */

import type { TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';
import { calledEvents, vscodeModule } from './vscode';

export const disposableTypes: readonly TypeEntry[] = [];

const dispose: ResourceKind['release'] = [{ form: 'method', method: ['dispose', '[Symbol.dispose]'] }];

/** What classes call the method that `[Symbol.dispose]` stands for. */
const otherEnds = ['close', 'end', 'destroy', 'stop', 'terminate', 'disconnect', 'release', 'free', 'cancel', 'abort'];

/** Somewhere something is ended by a word that says so. */
const ending =
  /(?:\b(?:dispose|destroy|close|unsub\w*|disconnect|terminate|kill|end|stop|shutdown|quit|cleanup|clearInterval)|\wDisposables?)\??\.?\(|\?\.\(\)/;

export const disposableKinds: readonly ResourceKind[] = [
  {
    id: 'listener/disposable-not-registered',
    family: 'listener',
    noun: 'disposable',
    title: 'Disposable in a field is never disposed',
    participle: 'disposed',
    severity: 'medium',
    words: [...vscodeModule, 'DisposableStore', 'DisposableCollection', 'MutableDisposable', 'CompositeDisposable'],
    patterns: calledEvents,
    acquire: [
      {
        form: 'new',
        callee: [
          ...['DisposableStore', 'DisposableCollection', 'CompositeDisposable', 'DisposableMap'].map((name) => ({
            module: '*',
            name,
          })),
        ],
        activatedBy: ['add', 'push', 'pushAll', 'set'],
      },
    ],
    release: [{ form: 'method', method: ['dispose', 'clear', 'clearAndDisposeAll', '[Symbol.dispose]'] }],
    heldBy: 'nothing',
    perInstance: true,
    needsTeardown: true,
    overwrittenAs: 'listener/disposable-overwritten',
    documentation: {
      what: 'A field holds a disposable, or a collection of them, that the teardown of its class neither disposes nor hands to an owner.',
      why: 'What the disposable stands for (a listener, a watcher, a provider) outlives the instance and keeps it.',
      leaking:
        "import { DisposableStore } from './lifecycle';\nexport class View {\n  private readonly parts = new DisposableStore();\n  constructor(private readonly service) {\n    this.parts.add(service.onDidChange(() => this.draw()));\n  }\n  draw() {}\n  dispose() {\n    console.log('gone');\n  }\n}",
      safe: "import { DisposableStore } from './lifecycle';\nexport class View {\n  private readonly parts = new DisposableStore();\n  constructor(private readonly service) {\n    this.parts.add(service.onDidChange(() => this.draw()));\n  }\n  draw() {}\n  dispose() {\n    this.parts.dispose();\n  }\n}",
      releases: ['`dispose()` in the teardown', '`_register(…)` or another owner', 'returned to the caller'],
    },
  },
  {
    id: 'listener/disposable-overwritten',
    family: 'listener',
    noun: 'disposable',
    title: 'Disposable is replaced while it is still in use',
    participle: 'disposed',
    severity: 'medium',
    words: [...vscodeModule, '.subscribe('],
    patterns: calledEvents,
    acquire: [],
    release: dispose,
    heldBy: 'receiver',
    documentation: {
      what: 'A method that runs again and again assigns a new disposable or subscription to a field without ending the old one; only the last one is ever disposed.',
      why: 'Each lost one keeps its handler registered.',
      leaking:
        'export class Preview {\n  constructor(private readonly service: Documents) {}\n  show(document) {\n    this.listener = this.service.onDidChange(() => this.draw(document));\n  }\n  draw(document) {}\n  dispose() {\n    this.listener.dispose();\n  }\n}',
      safe: 'export class Preview {\n  constructor(private readonly service: Documents) {}\n  show(document) {\n    this.listener?.dispose();\n    this.listener = this.service.onDidChange(() => this.draw(document));\n  }\n  draw(document) {}\n  dispose() {\n    this.listener?.dispose();\n  }\n}',
      releases: ['`dispose()` of the old one first', '`MutableDisposable`', 'a guard that lets it happen once'],
    },
  },
  {
    id: 'handle/handle-overwritten',
    family: 'handle',
    noun: 'handle',
    title: 'Handle is replaced while it is open',
    participle: 'closed',
    severity: 'medium',
    words: [],
    patterns: [[ending, /\bnew \w|\b(?:create|open|connect|listen|watch|spawn)\w*\(/]],
    acquire: [],
    release: [],
    heldBy: 'runtime',
    documentation: {
      what: 'A field, a variable or an entry of a table is given a new connection, watcher or client while it may hold an open one; only the last one is ever closed.',
      why: 'The one before stays open, with its socket, thread or memory, and nobody can name it any more.',
      leaking:
        "import { Feed } from './feed';\nexport class Feeds {\n  private readonly open = new Map();\n  follow(topic) {\n    this.open.set(topic, new Feed(topic));\n  }\n  leave(topic) {\n    this.open.get(topic)?.close();\n    this.open.delete(topic);\n  }\n}",
      safe: "import { Feed } from './feed';\nexport class Feeds {\n  private readonly open = new Map();\n  follow(topic) {\n    this.leave(topic);\n    this.open.set(topic, new Feed(topic));\n  }\n  leave(topic) {\n    this.open.get(topic)?.close();\n    this.open.delete(topic);\n  }\n}",
      releases: ['closing the old one first', 'a guard that keeps the old one', 'a key of its own for each'],
    },
  },
  {
    id: 'listener/kept-never-used',
    family: 'listener',
    noun: 'subscription',
    title: 'What would end a subscription is kept and never used',
    participle: 'ended',
    severity: 'medium',
    words: ['.subscribe(', '.register(', '.watch', '.listen', '.observe', 'Listener(', '.on(', 'Observer('],
    acquire: [],
    kept: ['subscribe', 'register', 'listen', 'observe', 'watch*', 'addListener', 'addObserver', 'onDid*', 'onChange*'],
    release: [],
    heldBy: 'receiver',
    documentation: {
      what: 'A component keeps what a subscription to a shared or given object returns in a field of its own, and no code ever reads the field, or only code that its teardown does not come to. So does an effect, in a variable that its clean-up leaves.',
      why: 'The value is kept to end the subscription with it. Nobody does, so the object keeps the handler, and with it each instance.',
      leaking:
        "import { dispatcher } from './dispatcher';\nexport class Panel {\n  private ref?: string;\n  componentDidMount() {\n    this.ref = dispatcher.register(this.onAction);\n  }\n  componentWillUnmount() {\n    this.ended = true;\n  }\n  onAction = () => this.update();\n}",
      safe: "import { dispatcher } from './dispatcher';\nexport class Panel {\n  private ref?: string;\n  componentDidMount() {\n    this.ref = dispatcher.register(this.onAction);\n  }\n  componentWillUnmount() {\n    dispatcher.unregister(this.ref);\n  }\n  onAction = () => this.update();\n}",
      releases: ['ending it in the teardown with the value that was kept'],
    },
  },
  {
    id: 'listener/end-dropped',
    family: 'listener',
    noun: 'subscription',
    title: 'What ends a subscription is dropped by who began it',
    participle: 'ended',
    severity: 'medium',
    words: ['.subscribe(', 'Listener(', '.on(', 'connectedCallback', 'componentDidMount', 'useEffect(', 'onMounted('],
    acquire: [],
    release: [],
    ended: true,
    heldBy: 'receiver',
    documentation: {
      what: 'A function of the program adds a handler for its caller and gives back what removes it. A mount hook, effect or handler calls it and drops that.',
      why: 'Each mount or event adds one more handler to something that lives on, and nobody is left who could remove it.',
      leaking:
        "import { session } from './session';\nfunction onSession(event, handler) {\n  const run = (value) => handler(value);\n  session.on(event, run);\n  return () => session.off(event, run);\n}\nexport class Badge extends HTMLElement {\n  connectedCallback() {\n    onSession('user', (user) => (this.title = user.name));\n  }\n}",
      safe: "import { session } from './session';\nfunction onSession(event, handler) {\n  const run = (value) => handler(value);\n  session.on(event, run);\n  return () => session.off(event, run);\n}\nexport class Badge extends HTMLElement {\n  connectedCallback() {\n    this.end = onSession('user', (user) => (this.title = user.name));\n  }\n  disconnectedCallback() {\n    this.end();\n  }\n}",
      releases: ['calling what the function gives, in the teardown or clean-up'],
    },
  },
  {
    id: 'listener/release-unreachable',
    family: 'listener',
    noun: 'release',
    title: 'Release never releases anything',
    severity: 'medium',
    words: ['removeEventListener', 'clearInterval'],
    patterns: [[ending]],
    acquire: [],
    release: [],
    heldBy: 'receiver',
    documentation: {
      what: 'A release is written, but cannot do anything where it stands: its guard is the wrong way round, its field is emptied just before, or its loop sees no entries.',
      why: 'The author relies on it, and the listener, timer or subscription stays.',
      leaking:
        "import { watchPrices } from './prices';\nexport class Ticker {\n  start() {\n    this.stopWatching = watchPrices((price) => this.show(price));\n  }\n  show(price) {}\n  dispose() {\n    this.stopWatching = undefined;\n    this.stopWatching?.();\n  }\n}",
      safe: "import { watchPrices } from './prices';\nexport class Ticker {\n  start() {\n    this.stopWatching = watchPrices((price) => this.show(price));\n  }\n  show(price) {}\n  dispose() {\n    this.stopWatching?.();\n    this.stopWatching = undefined;\n  }\n}",
      releases: ['releasing before the field is emptied', 'a guard on what is held', 'a loop over the values'],
    },
  },
  {
    id: 'handle/release-unreachable',
    family: 'handle',
    noun: 'release',
    title: 'Handle is closed where none is open',
    severity: 'medium',
    words: [],
    patterns: [[ending]],
    acquire: [],
    release: [],
    heldBy: 'runtime',
    documentation: {
      what: 'A handle is closed, ended or destroyed by code that cannot do anything where it stands: the field is emptied or replaced just before, the guard is the wrong way round, or the loop sees no entries.',
      why: 'The author relies on it, and the connection, file or memory stays open.',
      leaking:
        'export class Buffers {\n  private readonly buffers = new Map();\n  add(name, buffer) {\n    this.buffers.set(name, buffer);\n  }\n  destroy() {\n    for (const buffer of Object.values(this.buffers)) buffer.destroy();\n  }\n}',
      safe: 'export class Buffers {\n  private readonly buffers = new Map();\n  add(name, buffer) {\n    this.buffers.set(name, buffer);\n  }\n  destroy() {\n    for (const buffer of this.buffers.values()) buffer.destroy();\n    this.buffers.clear();\n  }\n}',
      releases: [
        'closing before the field is emptied or replaced',
        'a guard on what is held',
        'a loop over the values',
      ],
    },
  },
  {
    id: 'listener/vscode-repeated-registration',
    family: 'listener',
    noun: 'disposable',
    title: 'Each event registers one more disposable',
    participle: 'disposed',
    severity: 'medium',
    words: vscodeModule,
    patterns: calledEvents,
    acquire: [],
    release: dispose,
    heldBy: 'receiver',
    documentation: {
      what: 'A handler that runs on each event registers a listener, command or provider and gives it to a collection that only the end of its owner empties.',
      why: 'All of them stay registered: each event adds one more that runs.',
      leaking:
        "const vscode = require('vscode');\nexport function activate(context) {\n  context.subscriptions.push(\n    vscode.commands.registerCommand('notes.open', () => {\n      context.subscriptions.push(vscode.workspace.onDidSaveTextDocument(() => console.log('saved')));\n    }),\n  );\n}",
      safe: "const vscode = require('vscode');\nexport function activate(context) {\n  context.subscriptions.push(\n    vscode.workspace.onDidSaveTextDocument(() => console.log('saved')),\n    vscode.commands.registerCommand('notes.open', () => console.log('open')),\n  );\n}",
      releases: [
        'registering once',
        'disposing the previous one first',
        '`MutableDisposable` or a store that is cleared',
      ],
    },
  },
  {
    id: 'listener/missing-super-dispose',
    family: 'listener',
    noun: 'teardown of the base class',
    title: 'Teardown does not call that of its base class',
    severity: 'medium',
    words: [
      'dispose()',
      'destroy()',
      'ngOnDestroy()',
      'disconnectedCallback()',
      'componentWillUnmount()',
      'hostDisconnected()',
    ],
    acquire: [],
    release: [],
    heldBy: 'receiver',
    documentation: {
      what: 'A class overrides `dispose`, `ngOnDestroy`, `disconnectedCallback` or another teardown without calling `super`, though the base class releases something there.',
      why: 'What the base class acquired is never released by instances of this class.',
      leaking:
        'class Base {\n  constructor() {\n    this.timer = setInterval(() => this.tick(), 1000);\n  }\n  tick() {}\n  dispose() {\n    clearInterval(this.timer);\n  }\n}\nexport class Clock extends Base {\n  dispose() {\n    this.element.remove();\n  }\n}',
      safe: 'class Base {\n  constructor() {\n    this.timer = setInterval(() => this.tick(), 1000);\n  }\n  tick() {}\n  dispose() {\n    clearInterval(this.timer);\n  }\n}\nexport class Clock extends Base {\n  dispose() {\n    super.dispose();\n    this.element.remove();\n  }\n}',
      releases: ['`super.dispose()`', 'a base class that releases nothing there'],
    },
  },
  {
    id: 'handle/disposable-not-disposed',
    family: 'handle',
    noun: 'disposable',
    title: 'Disposable is not disposed on every way out',
    participle: 'disposed',
    severity: 'medium',
    words: ['createQuickPick', 'createInputBox', 'openTunnel', 'Symbol.dispose'],
    isLinked: true,
    acquire: [
      {
        form: 'call',
        callee: ['window.createQuickPick', 'window.createInputBox'].map((name) => ({ module: 'vscode', name })),
      },
      { form: 'call', callee: [{ module: 'vscode', name: 'workspace.openTunnel' }], promise: true, mayBeDropped: true },
      { form: 'instance', member: '[Symbol.dispose]' },
    ],
    release: [
      { form: 'method', method: ['dispose', '[Symbol.dispose]', ...otherEnds] },
      { form: 'transfer-method', method: ['use', 'adopt', 'push', 'add'] },
    ],
    heldBy: 'nothing',
    pathSensitive: true,
    exits: 'certain',
    needsTeardown: true,
    lent: true,
    documentation: {
      what: 'An object with a `[Symbol.dispose]` method, or a picker, input box or tunnel of VS Code, that some way out of the function leaves undisposed.',
      why: 'What it holds (a lock, a view, a listener) stays until it is disposed; the collector does not call `dispose`.',
      leaking:
        'class Lease {\n  [Symbol.dispose]() {\n    this.end();\n  }\n}\nexport function read(store, key) {\n  const lease = new Lease();\n  if (!store.has(key)) return undefined;\n  const value = lease.read(store, key);\n  lease[Symbol.dispose]();\n  return value;\n}',
      safe: 'class Lease {\n  [Symbol.dispose]() {\n    this.end();\n  }\n}\nexport function read(store, key) {\n  using lease = new Lease();\n  return store.has(key) ? lease.read(store, key) : undefined;\n}',
      releases: ['`using`', '`dispose()` in `finally`', 'a `DisposableStack`', 'returned or handed to another owner'],
    },
  },
  {
    id: 'handle/field-without-teardown',
    family: 'handle',
    noun: 'instance',
    title: 'What a field keeps open is left by the teardown',
    participle: 'ended',
    severity: 'medium',
    words: [],
    isLinked: true,
    acquire: [],
    release: [{ form: 'method', method: ['close', 'dispose'] }],
    heldBy: 'runtime',
    documentation: {
      what: 'A field holds an instance of a class of the program, here or in another file, that keeps a connection, a timer or another handle open until its own `close` or `dispose`; the class with the field has a teardown, which leaves it. So it is with a thing of any library that the class itself ends before each new one, and with one that is made like others that the teardown ends. It is so, too, with what its class or maker in the program says how to end, with what nearly always has to be ended by its name (a connection, a watcher, a session of a library), and with lists of disposables: where nobody ends them and nobody else gets them.',
      why: 'The handle stays open after its owner has ended. The class that opens it does everything right, so nothing is seen where it is opened.',
      leaking:
        "import net from 'node:net';\nclass Link {\n  socket = net.connect(7000);\n  close() {\n    this.socket.destroy();\n  }\n}\nexport class Session {\n  link = new Link();\n  rows = [];\n  close() {\n    this.rows = [];\n  }\n}",
      safe: "import net from 'node:net';\nclass Link {\n  socket = net.connect(7000);\n  close() {\n    this.socket.destroy();\n  }\n}\nexport class Session {\n  link = new Link();\n  rows = [];\n  close() {\n    this.rows = [];\n    this.link.close();\n  }\n}",
      releases: [
        'the teardown of the class ends it',
        'handed to another owner',
        'ended from outside, in the same file',
      ],
    },
  },
  {
    id: 'handle/async-disposable-not-disposed',
    family: 'handle',
    noun: 'async disposable',
    title: 'Async disposable is not disposed on every way out',
    participle: 'disposed',
    severity: 'medium',
    words: ['Symbol.asyncDispose'],
    isLinked: true,
    acquire: [{ form: 'instance', member: '[Symbol.asyncDispose]' }],
    release: [
      { form: 'method', method: ['[Symbol.asyncDispose]', 'dispose', ...otherEnds] },
      { form: 'transfer-method', method: ['use', 'adopt', 'push', 'add'] },
    ],
    heldBy: 'nothing',
    pathSensitive: true,
    exits: 'certain',
    needsTeardown: true,
    documentation: {
      what: 'An object with a `[Symbol.asyncDispose]` method that some way out of the function leaves undisposed. Returning it hands it over.',
      why: 'What it holds (a connection, a transaction) stays until it is disposed; the collector does not do it.',
      leaking:
        'class Session {\n  async [Symbol.asyncDispose]() {\n    await this.end();\n  }\n}\nexport async function load(query) {\n  const session = new Session();\n  return (await session.run(query)).rows;\n}',
      safe: 'class Session {\n  async [Symbol.asyncDispose]() {\n    await this.end();\n  }\n}\nexport async function load(query) {\n  await using session = new Session();\n  return (await session.run(query)).rows;\n}',
      releases: ['`await using`', 'an `AsyncDisposableStack`', 'returned or handed to another owner'],
    },
  },
];
