/** Editors, charts, maps, players, sounds and the like: what libraries of the browser make, and what lives on until a call ends it. */
import type { ApiName } from './apiTypes';
import type { ResourceKind } from './model';
import { type Nouns, withNouns } from './nouns';

const named = (module: string, ...names: readonly string[]): readonly ApiName[] =>
  names.map((name) => ({ module, name }));
/** What a module itself is, however it is imported. */
const itself = (...modules: readonly string[]): readonly ApiName[] =>
  modules.flatMap((module) => named(module, 'default', '*'));

const monaco = ['monaco-editor', 'monaco-editor/esm/vs/editor/editor.api'];

/** Made by `new`. */
const constructed: readonly ApiName[] = [
  ...named('@codemirror/view', 'EditorView'),
  ...named('@codemirror/merge', 'MergeView'),
  ...named('prosemirror-view', 'EditorView'),
  ...named('@tiptap/core', 'Editor'),
  ...named('@tiptap/vue-3', 'Editor'),
  ...named('@toast-ui/editor', 'default', 'Editor'),
  ...named('@xterm/xterm', 'Terminal'),
  ...named('xterm', 'Terminal'),
  ...named('chart.js', 'Chart', 'default'),
  ...named('hls.js', 'default', '*'),
  ...named('shaka-player', 'Player', 'default.Player'),
  ...named('pixi.js', 'Application'),
  ...named('phaser', 'Game', 'default.Game'),
  ...['mapbox-gl', 'maplibre-gl'].flatMap((module) => named(module, 'Map', 'default.Map')),
  ...named('howler', 'Howl', 'default.Howl'),
  ...named('@splidejs/splide', 'default', 'Splide'),
  ...named('cesium', 'Viewer'),
  ...named('@cesium/engine', 'CesiumWidget'),
  ...named('@babylonjs/core', 'Engine', 'Scene', 'WebGPUEngine'),
  ...named('babylonjs', 'Engine', 'Scene'),
  ...named('fabric', 'Canvas', 'StaticCanvas', 'fabric.Canvas', 'fabric.StaticCanvas'),
  ...named('konva', 'default.Stage', 'Stage'),
  ...named('vis-network', 'Network'),
  ...named('vis-network/standalone', 'Network'),
  ...named('vis-timeline', 'Timeline'),
  ...named('vis-timeline/standalone', 'Timeline'),
  ...named('@antv/g6', 'Graph', 'default.Graph'),
  ...named('swiper', 'Swiper', 'default'),
  ...named('photoswipe', 'default'),
  ...named('@fullcalendar/core', 'Calendar'),
  ...named('tabulator-tables', 'Tabulator', 'TabulatorFull'),
  ...named('lenis', 'default'),
  ...named('@studio-freight/lenis', 'default'),
  ...named('three/examples/jsm/controls/OrbitControls.js', 'OrbitControls'),
  ...named('three/examples/jsm/controls/OrbitControls', 'OrbitControls'),
  ...named('three/addons/controls/OrbitControls.js', 'OrbitControls'),
  ...named('jsoneditor', 'default', '*'),
  ...itself(
    'chart.js/auto',
    '@editorjs/editorjs',
    'uplot',
    'apexcharts',
    'cropperjs',
    'plyr',
    'handsontable',
    'sortablejs',
    'choices.js',
    'tom-select',
    'typed.js',
    'perfect-scrollbar',
    'locomotive-scroll',
    'swiper/bundle',
    'dplayer',
    'xgplayer',
    'artplayer',
  ),
];

/** Made by a call. */
const called: readonly ApiName[] = [
  ...monaco.flatMap((module) => named(module, 'editor.create', 'editor.createDiffEditor', 'editor.createModel')),
  ...['echarts', 'echarts/core'].flatMap((module) => named(module, 'init', 'default.init')),
  ...named('highcharts', 'chart', 'stockChart', 'default.chart', 'default.stockChart'),
  ...named('highcharts/highstock', 'chart', 'stockChart', 'default.chart', 'default.stockChart'),
  ...named('ace-builds', 'edit', 'default.edit'),
  ...named('wavesurfer.js', 'default.create', 'create'),
  ...named('lottie-web', 'default.loadAnimation', 'loadAnimation'),
  ...named('flv.js', 'default.createPlayer', 'createPlayer'),
  ...named('mpegts.js', 'default.createPlayer', 'createPlayer'),
  ...named('@popperjs/core', 'createPopper', 'createPopperLite'),
  ...named('sortablejs', 'default.create', 'create'),
  ...named('gridstack', 'GridStack.init'),
  ...named('leaflet', 'map', 'default.map'),
  ...named('@amcharts/amcharts5', 'Root.new'),
  ...named('ag-grid-community', 'createGrid'),
  ...itself('video.js', 'cytoscape', 'flatpickr', 'tippy.js', 'panzoom', 'embla-carousel'),
];

const nouns: Nouns = {
  editor: [
    '@codemirror/view',
    '@codemirror/merge',
    'prosemirror-view',
    '@tiptap/core',
    '@tiptap/vue-3',
    '@toast-ui/editor',
    'jsoneditor',
    '@editorjs/editorjs',
    'ace-builds',
    ...monaco,
  ],
  'text model': monaco.map((module) => `${module}#editor.createModel`),
  terminal: ['@xterm/xterm', 'xterm'],
  chart: [
    'chart.js',
    'chart.js/auto',
    'uplot',
    'apexcharts',
    'echarts',
    'echarts/core',
    'highcharts',
    'highcharts/highstock',
    '@amcharts/amcharts5',
  ],
  map: ['mapbox-gl', 'maplibre-gl', 'leaflet'],
  viewer: ['cesium', '@cesium/engine'],
  player: [
    'hls.js',
    'shaka-player',
    'plyr',
    'dplayer',
    'xgplayer',
    'artplayer',
    'wavesurfer.js',
    'flv.js',
    'mpegts.js',
    'video.js',
  ],
  sound: ['howler'],
  animation: ['lottie-web', 'typed.js'],
  scroller: ['lenis', '@studio-freight/lenis', 'locomotive-scroll', 'perfect-scrollbar'],
  carousel: ['@splidejs/splide', 'swiper', 'swiper/bundle', 'embla-carousel'],
  application: ['pixi.js'],
  game: ['phaser'],
  engine: ['@babylonjs/core', 'babylonjs'],
  scene: ['@babylonjs/core#Scene', 'babylonjs#Scene'],
  canvas: ['fabric'],
  stage: ['konva'],
  graph: ['vis-network', 'vis-network/standalone', '@antv/g6', 'cytoscape'],
  timeline: ['vis-timeline', 'vis-timeline/standalone'],
  gallery: ['photoswipe'],
  calendar: ['@fullcalendar/core'],
  table: ['tabulator-tables', 'handsontable'],
  grid: ['ag-grid-community', 'gridstack'],
  'camera control': [
    'three/examples/jsm/controls/OrbitControls.js',
    'three/examples/jsm/controls/OrbitControls',
    'three/addons/controls/OrbitControls.js',
  ],
  cropper: ['cropperjs'],
  'sortable list': ['sortablejs'],
  'select box': ['choices.js', 'tom-select'],
  popup: ['@popperjs/core'],
  tooltip: ['tippy.js'],
  'date picker': ['flatpickr'],
};

const modules = [...new Set([...constructed, ...called].flatMap(({ module }) => module ?? []))];

export const widgetKinds: readonly ResourceKind[] = [
  {
    id: 'handle/library-object',
    formerly: ['handle/widget'],
    family: 'handle',
    noun: 'object of a library',
    title: 'Object of a browser library is never destroyed',
    participle: 'destroyed',
    severity: 'medium',
    words: modules.flatMap((module) => [`'${module}'`, `"${module}"`]),
    acquire: [
      ...withNouns({ form: 'new' as const, callee: constructed }, nouns),
      ...withNouns({ form: 'call' as const, callee: called }, nouns),
    ],
    // Each library has a word of its own.
    release: [{ form: 'method', method: ['destroy', 'dispose', 'disposeAsync', 'remove', 'unload'], written: '' }],
    heldBy: 'runtime',
    fluent: ['on', 'once'],
    needsTeardown: true,
    mostlyShared: true,
    sinks: { methods: ['setModel'] },
    documentation: {
      what: 'An editor, chart, map, player, sound, renderer, scroller or other object of a library that a component makes when it is mounted, or that an instance keeps, and that no clean-up destroys.',
      why: 'Such objects listen to the window, run timers and loops of frames, and hold models or memory of the graphics card; removing their element ends nothing of it.',
      leaking:
        "import { useEffect, useRef } from 'react';\nimport { Chart } from 'chart.js';\nexport function Sales({ rows }) {\n  const canvas = useRef(null);\n  useEffect(() => {\n    const chart = new Chart(canvas.current, { type: 'line', data: rows });\n    chart.update();\n  }, [rows]);\n  return <canvas ref={canvas} />;\n}",
      safe: "import { useEffect, useRef } from 'react';\nimport { Chart } from 'chart.js';\nexport function Sales({ rows }) {\n  const canvas = useRef(null);\n  useEffect(() => {\n    const chart = new Chart(canvas.current, { type: 'line', data: rows });\n    chart.update();\n    return () => chart.destroy();\n  }, [rows]);\n  return <canvas ref={canvas} />;\n}",
      releases: [
        '`destroy()`, `dispose()`, `remove()` or `unload()`, as the library calls it, in the clean-up',
        'returned or handed to another owner',
      ],
    },
  },
];
