/** Editors, charts, maps, players and the like: widgets of libraries that live on until a call ends them. */
import type { ApiName } from './apiTypes';
import type { ResourceKind } from './model';

const named = (module: string, ...names: readonly string[]): readonly ApiName[] =>
  names.map((name) => ({ module, name }));
/** What a module itself is, however it is imported. */
const itself = (...modules: readonly string[]): readonly ApiName[] =>
  modules.flatMap((module) => named(module, 'default', '*'));

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
  ...['monaco-editor', 'monaco-editor/esm/vs/editor/editor.api'].flatMap((module) =>
    named(module, 'editor.create', 'editor.createDiffEditor', 'editor.createModel'),
  ),
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

const modules = [...new Set([...constructed, ...called].flatMap(({ module }) => module ?? []))];

export const widgetKinds: readonly ResourceKind[] = [
  {
    id: 'handle/widget',
    family: 'handle',
    noun: 'widget',
    title: 'Widget of a library is never destroyed',
    participle: 'destroyed',
    severity: 'medium',
    words: modules.flatMap((module) => [`'${module}'`, `"${module}"`]),
    acquire: [
      { form: 'new', callee: constructed },
      { form: 'call', callee: called },
    ],
    // Each library has a word of its own.
    release: [{ form: 'method', method: ['destroy', 'dispose', 'disposeAsync', 'remove', 'unload'], written: '' }],
    heldBy: 'runtime',
    fluent: ['on', 'once'],
    needsTeardown: true,
    mostlyShared: true,
    sinks: { methods: ['setModel'] },
    documentation: {
      what: 'An editor, chart, map, player, renderer or other widget of a library that a component makes when it is mounted, or that an instance keeps, and that no clean-up destroys.',
      why: 'Such widgets listen to the window, run timers and loops of frames, and hold models or memory of the graphics card; removing their element ends nothing of it.',
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
