/** Subscriptions to platforms and services: what the call gives ends them, or a removal of the handler. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';
import type { ReleaseForm } from './releaseForms';

const of = (module: string, ...names: readonly string[]): readonly ApiName[] => names.map((name) => ({ module, name }));
const ofEach = (modules: readonly string[], ...names: readonly string[]): readonly ApiName[] =>
  modules.flatMap((module) => of(module, ...names));
const globals = (...names: readonly string[]): readonly ApiName[] => names.map((name) => ({ name }));

const firestore = [
  'firebase/firestore',
  '@firebase/firestore',
  '@react-native-firebase/firestore',
  '@angular/fire/firestore',
];
const database = [
  'firebase/database',
  '@firebase/database',
  '@react-native-firebase/database',
  '@angular/fire/database',
];
const auth = ['firebase/auth', '@firebase/auth', '@react-native-firebase/auth', '@angular/fire/auth'];

/** Functions of modules that give a function, or an object, that ends what they begin. */
const functions: readonly ApiName[] = [
  ...ofEach(firestore, 'onSnapshot', 'onSnapshotsInSync'),
  ...ofEach(database, 'onValue', 'onChildAdded', 'onChildChanged', 'onChildRemoved', 'onChildMoved'),
  ...ofEach(auth, 'onAuthStateChanged', 'onIdTokenChanged', 'beforeAuthStateChanged'),
  ...ofEach(
    ['firebase/messaging', '@firebase/messaging', '@react-native-firebase/messaging'],
    'onMessage',
    'onTokenRefresh',
  ),
  ...of('firebase/app-check', 'onTokenChanged'),
  ...of('@react-native-community/netinfo', 'addEventListener', 'default.addEventListener'),
  ...of('expo-linking', 'addEventListener'),
  ...of('expo-notifications', 'addNotification*', 'addPushToken*'),
  ...of('expo-battery', 'addBattery*', 'addLowPower*'),
  ...of('expo-network', 'addNetworkStateListener'),
  ...of('expo-screen-orientation', 'addOrientationChangeListener'),
  ...of('expo-screen-capture', 'addScreenshotListener'),
  ...of('@react-three/fiber', 'addEffect', 'addAfterEffect', 'addTail'),
  ...of('@floating-ui/dom', 'autoUpdate'),
  ...of('@floating-ui/react', 'autoUpdate'),
  ...of('@floating-ui/react-dom', 'autoUpdate'),
  ...of('@floating-ui/vue', 'autoUpdate'),
  ...of('@wagmi/core', 'watch*'),
  ...of('mobx-state-tree', 'onSnapshot', 'onPatch', 'onAction'),
  ...of('mobx-keystone', 'onSnapshot', 'onPatches', 'onActionMiddleware'),
  ...of(
    'monaco-editor',
    'editor.onDid*',
    'editor.onWill*',
    'languages.register*',
    'languages.onLanguage*',
    'editor.registerCommand',
  ),
  ...of('nanostores', 'listenKeys', 'subscribeKeys'),
  ...of('@legendapp/state', 'observe'),
  ...of('d3-timer', 'timer', 'interval'),
  ...of('d3', 'timer', 'interval'),
  ...of('framer-motion', 'scroll', 'inView'),
  ...of('motion', 'scroll', 'inView'),
  ...globals('google.maps.event.addListener', 'google.maps.event.addDomListener'),
];

/** The same by a promise. */
const promised: readonly ApiName[] = [
  ...of('@tauri-apps/api/event', 'listen'),
  ...of('expo-location', 'watchPositionAsync', 'watchHeadingAsync'),
  ...of('expo-sensors', 'Pedometer.watchStepCount'),
  ...of('@parcel/watcher', 'subscribe', 'default.subscribe'),
];

const ends: readonly ReleaseForm[] = [
  { form: 'invoked' },
  {
    form: 'method',
    method: ['remove', 'unsubscribe', 'dispose', 'stop', '[Symbol.dispose]'],
  },
  { form: 'method-argument', method: ['removeListener', 'removeChannel', 'clearInstanceListeners'], argument: 0 },
  { form: 'removal', method: ['removeEventListener', 'removeListener', 'off'], identity: { event: 0, handler: 1 } },
];

const capacitor = [
  'app',
  'keyboard',
  'network',
  'motion',
  'screen-orientation',
  'push-notifications',
  'local-notifications',
  'text-zoom',
  'browser',
];

export const subscriptionTypes: readonly TypeEntry[] = [
  {
    id: 'native.source',
    values: [
      ...of(
        'react-native',
        'AppState',
        'Linking',
        'BackHandler',
        'Dimensions',
        'AccessibilityInfo',
        'Appearance',
        'Keyboard',
        'DeviceEventEmitter',
        'NativeAppEventEmitter',
        'I18nManager',
        'TurboModuleRegistry',
      ),
      ...of(
        'expo-sensors',
        'Accelerometer',
        'Gyroscope',
        'Magnetometer',
        'MagnetometerUncalibrated',
        'Barometer',
        'DeviceMotion',
        'LightSensor',
      ),
      ...of('expo-updates', 'default', '*'),
    ],
    names: of('react-native', 'NativeEventEmitter'),
    lives: 'page',
  },
  {
    id: 'capacitor.plugin',
    names: [],
    values: capacitor.flatMap((name) => {
      const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
      return of(`@capacitor/${name}`, words.join(''));
    }),
    lives: 'page',
  },
  {
    id: 'supabase.client',
    names: of('@supabase/supabase-js', 'SupabaseClient'),
    calls: of('@supabase/supabase-js', 'createClient'),
  },
  {
    id: 'supabase.channel',
    names: of('@supabase/supabase-js', 'RealtimeChannel'),
    members: [
      { of: 'supabase.client', name: 'channel', call: true },
      { of: 'supabase.channel', name: 'on', call: true },
    ],
    lives: 'page',
  },
  {
    id: 'apollo.client',
    names: ofEach(['@apollo/client', '@apollo/client/core'], 'ApolloClient'),
    calls: of('@apollo/client', 'useApolloClient'),
  },
  {
    id: 'live.query',
    names: [],
    calls: of('dexie', 'liveQuery'),
    members: [
      { of: 'apollo.client', name: 'watchQuery', call: true },
      { of: 'apollo.client', name: 'subscribe', call: true },
    ],
    lives: 'page',
  },
  {
    id: 'push.client',
    names: [...of('graphql-ws', 'Client'), ...of('graphql-sse', 'Client')],
    calls: [...of('graphql-ws', 'createClient'), ...of('graphql-sse', 'createClient')],
  },
  {
    id: 'page.router',
    names: [],
    values: ofEach(
      ['@inertiajs/react', '@inertiajs/vue3', '@inertiajs/svelte', '@inertiajs/core', '@inertiajs/inertia'],
      'router',
      'Inertia',
    ),
    lives: 'page',
  },
  {
    id: 'next.router',
    names: of('next/router', 'NextRouter'),
    values: of('next/router', 'default'),
    calls: of('next/router', 'useRouter'),
  },
  {
    id: 'page.emitter',
    names: [],
    values: [
      ...of('i18next', 'default'),
      ...globals('ethereum', 'window.ethereum', 'solana', 'window.solana', 'phantom.solana'),
    ],
    members: [{ of: 'next.router', name: 'events', call: false }],
    is: ['emitter'],
    lives: 'page',
  },
  {
    id: 'page.device',
    names: [],
    values: globals(
      'navigator.usb',
      'navigator.hid',
      'navigator.serial',
      'navigator.bluetooth',
      'navigator.xr',
      'navigator.virtualKeyboard',
      'navigator.windowControlsOverlay',

      'cookieStore',
      'screen',
    ),
    is: ['event-target'],
    lives: 'page',
  },
  {
    id: 'extension.event',
    names: [],
    values: [...globals('chrome.*', 'browser.*'), ...of('webextension-polyfill', 'default.*')],
    lives: 'page',
  },
  {
    id: 'diagnostics.channel',
    names: of('diagnostics_channel', 'Channel'),
    calls: of('diagnostics_channel', 'channel', 'default.channel'),
    lives: 'process',
  },
  { id: 'y.doc', names: of('yjs', 'Doc'), is: ['emitter'] },
  {
    id: 'y.provider',
    names: [
      ...of('y-protocols/awareness', 'Awareness'),
      ...of('y-websocket', 'WebsocketProvider'),
      ...of('y-webrtc', 'WebrtcProvider'),
      ...of('y-indexeddb', 'IndexeddbPersistence'),
      ...of('@hocuspocus/provider', 'HocuspocusProvider'),
      ...of('yjs', 'UndoManager'),
    ],
    is: ['emitter'],
  },
  {
    id: 'y.shared',
    names: of('yjs', 'Map', 'Array', 'Text', 'XmlFragment', 'XmlElement', 'XmlText', 'AbstractType'),
    members: ['getMap', 'getArray', 'getText', 'getXmlFragment', 'get'].map((name) => ({
      of: 'y.doc',
      name,
      call: true,
    })),
  },
];

export const subscriptionKinds: readonly ResourceKind[] = [
  {
    id: 'listener/subscription-dropped',
    family: 'listener',
    noun: 'subscription',
    title: 'Subscription to a service or device is never ended',
    participle: 'ended',
    severity: 'high',
    words: [
      'firebase',
      'react-native',
      'expo-',
      '@capacitor/',
      '@tauri-apps/',
      '@supabase/',
      '@apollo/client',
      'graphql-ws',
      'graphql-sse',
      '@inertiajs/',
      'dexie',
      '@react-three/',
      '@floating-ui/',
      '@parcel/watcher',
      '@wagmi/',
      'mobx-',
      'monaco-editor',
      'nanostores',
      '@legendapp/',
      'd3',
      'motion',
      'google.maps',
      '@angular/fire',
    ],
    acquire: [
      { form: 'call', callee: functions },
      { form: 'call', callee: promised, promise: true },
      {
        form: 'method',
        on: ['native.source'],
        method: ['addEventListener', 'addListener', 'addChangeListener'],
        outlives: true,
      },
      { form: 'method', on: ['capacitor.plugin'], method: ['addListener'], promise: true, outlives: true },
      { form: 'method', on: ['supabase.channel', 'live.query', 'push.client'], method: ['subscribe'], outlives: true },
      { form: 'method', on: ['page.router'], method: ['on'], outlives: true },
    ],
    release: ends,
    heldBy: 'receiver',
    perInstance: true,
    needsTeardown: true,
    overwrittenAs: 'listener/disposable-overwritten',
    documentation: {
      what: 'A component, hook or object with a teardown subscribes to a service, a device or the state of the app, and nobody ends what the call gives.',
      why: 'The service lives as long as the app: it keeps the handler with all that it captures, and goes on to send.',
      leaking:
        "import { useEffect, useState } from 'react';\nimport { doc, onSnapshot } from 'firebase/firestore';\nexport function useOrder(db, id) {\n  const [order, setOrder] = useState();\n  useEffect(() => {\n    onSnapshot(doc(db, 'orders', id), (snapshot) => setOrder(snapshot.data()));\n  }, [db, id]);\n  return order;\n}",
      safe: "import { useEffect, useState } from 'react';\nimport { doc, onSnapshot } from 'firebase/firestore';\nexport function useOrder(db, id) {\n  const [order, setOrder] = useState();\n  useEffect(() => onSnapshot(doc(db, 'orders', id), (snapshot) => setOrder(snapshot.data())), [db, id]);\n  return order;\n}",
      releases: [
        'calling the function that it gives',
        '`remove()`, `unsubscribe()` or `dispose()` of what it gives',
        'a removal of the same handler',
      ],
    },
  },
  {
    id: 'listener/shared-event',
    family: 'listener',
    noun: 'listener',
    title: 'Listener on an event or data of the whole app is never removed',
    participle: 'removed',
    severity: 'high',
    words: ['chrome.', 'browser.', 'webextension-polyfill', 'diagnostics_channel', 'yjs'],
    acquire: [
      {
        form: 'registration',
        on: ['extension.event'],
        method: ['addListener'],
        identity: { handler: 0 },
        keepsOne: true,
      },
      { form: 'registration', on: ['diagnostics.channel'], method: ['subscribe'], identity: { handler: 0 } },
      { form: 'registration', on: ['y.shared'], method: ['observe', 'observeDeep'], identity: { handler: 0 } },
    ],
    release: [
      {
        form: 'removal',
        method: ['removeListener', 'unsubscribe', 'unobserve', 'unobserveDeep'],
        identity: { handler: 0 },
      },
    ],
    heldBy: 'receiver',
    perInstance: true,
    needsTeardown: true,
    documentation: {
      what: 'A handler that each mount, instance or call adds to an event of a browser extension, a channel of diagnostics or shared data, without a removal of the same function.',
      why: 'The event lives as long as the page or process, and runs the handlers of all that are long gone.',
      leaking:
        'export class Badge extends HTMLElement {\n  connectedCallback() {\n    chrome.storage.onChanged.addListener((changes) => this.show(changes));\n  }\n  show() {}\n}',
      safe: 'export class Badge extends HTMLElement {\n  connectedCallback() {\n    chrome.storage.onChanged.addListener(this.show);\n  }\n  show = () => {};\n  disconnectedCallback() {\n    chrome.storage.onChanged.removeListener(this.show);\n  }\n}',
      releases: ['a removal of the same function from the same event'],
    },
  },
  {
    id: 'listener/scheduled-job',
    family: 'listener',
    noun: 'scheduled job',
    title: 'Scheduled job is never stopped',
    participle: 'stopped',
    severity: 'high',
    words: ['cron', 'node-schedule', 'toad-scheduler'],
    acquire: [
      {
        form: 'call',
        callee: [
          ...of('node-cron', 'schedule', 'default.schedule'),
          ...of('node-schedule', 'scheduleJob', 'default.scheduleJob'),
          ...of('cron', 'CronJob.from'),
        ],
      },
      { form: 'new', callee: of('cron', 'CronJob'), activatedBy: ['start'] },
      { form: 'new', callee: [...of('croner', 'Cron', 'default'), ...of('toad-scheduler', 'ToadScheduler')] },
    ],
    release: [
      { form: 'method', method: ['stop', 'cancel', 'destroy'] },
      { form: 'call', callee: of('node-schedule', 'cancelJob', 'default.cancelJob'), argument: 0 },
    ],
    heldBy: 'runtime',
    perInstance: true,
    needsTeardown: true,
    documentation: {
      what: 'An object, handler or entry of a table schedules a job that repeats, and nothing stops it when that ends.',
      why: 'The scheduler keeps the job and runs it at its times until the process ends, together with those scheduled later.',
      leaking:
        "import cron from 'node-cron';\nexport class Digest {\n  constructor(private readonly mail: () => void) {\n    cron.schedule('0 7 * * *', () => this.mail());\n  }\n  close() {\n    this.closed = true;\n  }\n  closed = false;\n}",
      safe: "import cron from 'node-cron';\nexport class Digest {\n  private readonly job;\n  constructor(private readonly mail: () => void) {\n    this.job = cron.schedule('0 7 * * *', () => this.mail());\n  }\n  close() {\n    this.job.stop();\n  }\n}",
      releases: ['`job.stop()`, `job.cancel()`', '`schedule.cancelJob(job)`'],
    },
  },
];
