import { samples } from '../expectLeaks';

const record = (between: string, mark = '') => `export class Note {
  private stream: MediaStream | null = null;
  constructor(private readonly mimeType: string) {}
  async start(context: AudioContext) {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });${mark}
    ${between}
    this.stream = stream;
  }
  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
  }
}
export const note = (type: string) => new Note(type);`;
const leak = ' // leak handle/media-stream';

samples(
  'streams of a device until somebody has them',
  [
    {
      name: 'a recorder that refuses its type',
      code: record(
        'const recorder = new MediaRecorder(stream, { mimeType: this.mimeType });\n    recorder.start();',
        leak,
      ),
    },
    {
      name: 'a wait that fails',
      code: record("await context.audioWorklet.addModule('meter.js');", leak),
    },
  ],
  [
    {
      name: 'a recorder without options',
      code: record('const recorder = new MediaRecorder(stream);\n    recorder.start();'),
    },
    {
      name: 'who asks before',
      code: record(
        "if (!MediaRecorder.isTypeSupported(this.mimeType)) console.warn('no such type');\n    new MediaRecorder(stream, { mimeType: this.mimeType }).start();",
      ),
    },
    {
      name: 'who ends it then',
      code: record(
        "try {\n      await context.audioWorklet.addModule('meter.js');\n    } catch (error) {\n      stream.getTracks().forEach((track) => track.stop());\n      throw error;\n    }",
      ),
    },
    { name: 'one that is kept at once', code: record('this.stream = stream;\n    await context.resume();') },
  ],
);
