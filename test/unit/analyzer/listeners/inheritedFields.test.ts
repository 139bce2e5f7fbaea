import { samples } from '../expectLeaks';

samples(
  'listener/interval',
  [
    {
      name: 'a field that the class declares itself',
      code: `import { Track } from './track';\nexport class VideoTrack extends Track {\n  private monitor?: ReturnType<typeof setInterval>;\n  start() {\n    this.monitor = setInterval(() => this.look(), 2000); // leak listener/interval\n  }\n  stop() {\n    super.stop();\n  }\n  look() {}\n}`,
    },
    {
      name: 'a field of JavaScript, where nothing is declared',
      path: 'src/video.js',
      code: `import { Track } from './track';\nexport class VideoTrack extends Track {\n  start() {\n    this.monitor = setInterval(() => this.look(), 2000); // leak listener/interval\n  }\n  stop() {\n    this.closed = true;\n  }\n  look() {}\n}`,
    },
    {
      name: 'a field of a class of the platform',
      code: `export class Clock extends HTMLElement {\n  connectedCallback() {\n    this.timer = setInterval(() => this.tick(), 1000); // leak listener/interval\n  }\n  disconnectedCallback() {\n    this.open = false;\n  }\n  tick() {}\n}`,
    },
  ],
  [
    {
      name: 'a field that a base class of another file declares and may end',
      code: `import { Track } from './track';\nexport class VideoTrack extends Track {\n  start() {\n    this.monitor ??= setInterval(() => this.look(), 2000);\n  }\n  stop() {\n    this.stopMonitor();\n    super.disable();\n  }\n  look() {}\n}`,
    },
    {
      name: 'the same behind a class of this file',
      code: `import { Track } from './track';\nclass Local extends Track {}\nexport class VideoTrack extends Local {\n  start() {\n    this.monitor = setInterval(() => this.look(), 2000);\n  }\n  stop() {\n    this.stopMonitor();\n  }\n  look() {}\n}`,
    },
  ],
);
samples(
  'listener/timeout-in-class',
  [
    {
      name: 'a field that the class declares itself',
      code: `import { Track } from './track';\nexport class VideoTrack extends Track {\n  private buffer?: number;\n  start() {\n    clearTimeout(this.buffer);\n    this.buffer = setTimeout(() => this.look(), 5000); // leak listener/timeout-in-class\n  }\n  stop() {\n    this.detach();\n  }\n  detach() {}\n  look() {}\n}`,
    },
  ],
  [
    {
      name: 'a field that a base class of another file declares and may end',
      code: `import { Track } from './track';\nexport class VideoTrack extends Track {\n  start() {\n    clearTimeout(this.buffer);\n    this.buffer = setTimeout(() => this.look(), 5000);\n  }\n  stop() {\n    this.stopBuffer();\n  }\n  look() {}\n}`,
    },
  ],
);
