import { samples } from '../expectLeaks';

const head = (
  loop: string,
  after = '',
  mark = ' // leak handle/read-stream',
) => `import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
export async function head(path: string, wanted: string) {
  const input = createReadStream(path);${mark}
  const lines = createInterface({ input, crlfDelay: Infinity });
  ${loop}
  ${after}
}`;
const stops = 'for await (const line of lines) {\n    if (line.startsWith(wanted)) break;\n  }';

samples(
  'streams that are read by lines, and not to their end',
  [
    { name: 'a loop that stops', code: head(stops) },
    { name: 'a loop that is left by a return', code: head('for await (const line of lines) return line;') },
    {
      name: 'lines that are closed, and not what they come from',
      code: head(`try {\n  ${stops}\n  } finally {\n    lines.close();\n  }`),
    },
    {
      name: 'a handler that closes the lines',
      code: `import fs from 'node:fs';
import readline from 'node:readline';
export const first = (path: string) =>
  new Promise((resolve) => {
    const lines = readline.createInterface({ input: fs.createReadStream(path) }); // leak handle/read-stream
    lines.on('line', (line) => {
      resolve(line);
      lines.close();
    });
  });`,
    },
  ],
  [
    {
      name: 'a loop to the end',
      code: head('for await (const line of lines) {\n    if (line.startsWith(wanted)) continue;\n  }', '', ''),
    },
    {
      name: 'a loop within that stops',
      code: head(
        'for await (const line of lines) {\n    for (const letter of line) if (letter === wanted) break;\n  }',
        '',
        '',
      ),
    },
    { name: 'a stream that is destroyed', code: head(stops, 'input.destroy();', '') },
    {
      name: 'one that is destroyed in any case',
      code: head(`try {\n  ${stops}\n  } finally {\n    input.destroy();\n  }`, '', ''),
    },
    { name: 'one that is destroyed on a condition', code: head(stops, 'if (wanted) input.destroy();', '') },
    { name: 'one that a handler destroys', code: head(stops, "lines.on('close', () => input.destroy());", '') },
    { name: 'one that somebody else has', code: head(stops, 'return input;', '') },
    { name: 'one that is destroyed by its reader', code: head(stops, 'lines.input.destroy();', '') },
  ],
);
