/** Objects whose memory lies outside the heap, in WebAssembly or an addon, where the collector does not see it. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';

const named = (module: string, ...names: readonly string[]): readonly ApiName[] =>
  names.map((name) => ({ module, name }));
const openCv = (...names: readonly string[]): readonly ApiName[] => names.map((name) => ({ name: `cv.${name}` }));

const highlighters: readonly ApiName[] = [
  ...named('shiki', 'createHighlighter', 'createHighlighterCore', 'getHighlighter'),
  ...named('shiki/core', 'createHighlighterCore'),
  ...named('@shikijs/core', 'createHighlighterCore'),
];
const visionTasks = [
  'FaceDetector',
  'FaceLandmarker',
  'GestureRecognizer',
  'HandLandmarker',
  'ImageClassifier',
  'ImageEmbedder',
  'ImageSegmenter',
  'InteractiveSegmenter',
  'ObjectDetector',
  'PoseLandmarker',
].flatMap((task) =>
  named(
    '@mediapipe/tasks-vision',
    `${task}.createFromOptions`,
    `${task}.createFromModelPath`,
    `${task}.createFromModelBuffer`,
  ),
);
const pdfModules = [
  '',
  '/webpack',
  ...['build', 'legacy/build'].flatMap((at) => ['', '.js', '.mjs'].map((end) => `/${at}/pdf${end}`)),
].map((below) => `pdfjs-dist${below}`);

export const nativeMemoryTypes: readonly TypeEntry[] = [
  { id: 'tree-sitter.parser', names: named('web-tree-sitter', 'default', '*', 'Parser') },
];

export const nativeMemoryKinds: readonly ResourceKind[] = [
  {
    id: 'handle/native-memory',
    family: 'handle',
    noun: 'native object',
    title: 'Object in native memory is not freed',
    participle: 'freed',
    severity: 'medium',
    words: [
      'v8-to-istanbul',
      'source-map',
      'web-tree-sitter',
      'cv.',
      'onnxruntime',
      'tesseract.js',
      'shiki',
      '@mediapipe/',
      'pdfjs-dist',
    ],
    acquire: [
      { form: 'call', callee: named('v8-to-istanbul', 'default', '*') },
      { form: 'new', callee: named('source-map', 'SourceMapConsumer', 'default.SourceMapConsumer'), awaited: true },
      { form: 'method', on: ['tree-sitter.parser'], method: ['parse'] },
      { form: 'new', callee: openCv('Mat', 'MatVector', 'RectVector', 'PointVector', 'KeyPointVector') },
      { form: 'call', callee: openCv('imread', 'matFromArray', 'matFromImageData') },
      {
        form: 'call',
        callee: ['onnxruntime-node', 'onnxruntime-web', 'onnxruntime-web/wasm', 'onnxruntime-web/webgpu'].flatMap(
          (module) => named(module, 'InferenceSession.create', 'default.InferenceSession.create'),
        ),
        promise: true,
      },
      { form: 'call', callee: named('tesseract.js', 'createWorker', 'default.createWorker'), promise: true },
      { form: 'call', callee: highlighters, promise: true },
      { form: 'call', callee: visionTasks, promise: true },
      {
        form: 'call',
        callee: pdfModules.flatMap((module) => named(module, 'getDocument', 'default.getDocument')),
        settledAs: 'promise',
      },
    ],
    // Each library has a word of its own.
    release: [
      {
        form: 'method',
        method: ['destroy', 'delete', 'release', 'terminate', 'free', 'dispose', 'close', 'loadingTask.destroy'],
        written: '',
      },
    ],
    heldBy: 'runtime',
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'certain',
    mostlyShared: true,
    readers: openCv('*'),
    documentation: {
      what: 'A converter of v8-to-istanbul, a consumer of source-map, a tree of tree-sitter, a matrix of OpenCV, a session of ONNX, a worker of tesseract, a highlighter of Shiki, a task of MediaPipe or a document of PDF.js that is made each time a function runs and not freed.',
      why: 'Its memory lies in WebAssembly, an addon or a worker: the collector does not see it, and it stays until it is freed by hand.',
      leaking:
        "import { SourceMapConsumer } from 'source-map';\nexport async function original(map, line, column) {\n  const consumer = await new SourceMapConsumer(map);\n  return consumer.originalPositionFor({ line, column });\n}",
      safe: "import { SourceMapConsumer } from 'source-map';\nexport function original(map, line, column) {\n  return SourceMapConsumer.with(map, null, (consumer) => consumer.originalPositionFor({ line, column }));\n}",
      releases: [
        '`destroy()`, `dispose()`, `delete()`, `release()`, `close()` or `terminate()`, as the library calls it, in `finally`',
        'forms that free it themselves: `SourceMapConsumer.with`',
        'returned or handed to another owner',
      ],
    },
  },
];
