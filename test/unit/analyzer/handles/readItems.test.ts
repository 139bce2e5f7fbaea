import { samples } from '../expectLeaks';

const encode = (skip: string, work: string, mark = '') => `export async function run(reader, encoder) {
  for (;;) {
    const { value: frame, done } = await reader.read();${mark}
    if (done) break;
    ${skip}
    ${work}
  }
}`;
const finishing = 'try {\n      encoder.encode(frame);\n    } finally {\n      frame.close();\n    }';
const leak = ' // leak handle/release-skipped';

samples(
  'what a reader gives each round',
  [
    { name: 'a frame that is skipped', code: encode('if (encoder.queue > 4) continue;', finishing, leak) },
    {
      name: 'a frame that is skipped before others work with it',
      code: encode('if (encoder.queue > 4) continue;', 'encoder.encode(frame);\n    frame.close();', leak),
    },
    {
      name: 'a loop that is left by a condition of its own',
      code: `export class Pump {
  private running = true;
  async pump(reader, draw) {
    while (this.running) {
      const { done, value } = await reader.read(); // leak handle/release-skipped
      if (done) return;
      if (!this.running) return;
      draw(value.timestamp);
      value.close();
    }
  }
}`,
    },
  ],
  [
    {
      name: 'a frame that is closed where it is skipped',
      code: encode('if (encoder.queue > 4) {\n      frame.close();\n      continue;\n    }', finishing),
    },
    { name: 'a way out that asks for the frame', code: encode('if (!frame.visibleRect) continue;', finishing) },
    { name: 'the end of the reader', code: encode('if (done || encoder.over) break;', finishing) },
    {
      name: 'one that is closed on a condition',
      code: encode('if (encoder.queue > 4) continue;', 'if (encoder.owns) frame.close();'),
    },
  ],
);
