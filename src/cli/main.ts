/** The command line program. */
import { setFlagsFromString } from 'node:v8';
import { plain } from '../report/plainText';
import { noStyle, terminalColours } from '../report/style';
import { readArguments } from './arguments';
import { check } from './check';
import type * as Commands from './commands';
import { helpOf } from './help';
import type { Shell } from './shell';

declare const __VERSION__: string | undefined;

/** Exit codes of errors that are told in one line. */
const expectedCodes: Readonly<Partial<Record<string, number>>> = { UsageError: 2, Interrupted: 130 };

// One scan is too short for most of what the optimizing compiler of Node 20 makes: a later start saves a third of its CPU time.
// Later engines, which have a compiler between, no longer know the flag.
if (process.versions.v8.startsWith('11.')) {
  setFlagsFromString('--interrupt-budget=1000000');
  // Meanwhile its baseline compiler is cheap enough to be used at once: another twentieth.
  setFlagsFromString('--always-sparkplug');
}

// Most of a scan is short-lived. Left to itself the heap grows to three times what is needed before it is tidied; held to half more,
// the peak of a large scan falls by a third at no measurable cost.
setFlagsFromString('--heap-growing-percent=50');

/** A bundle of its own, loaded when one of them is asked for: `check` starts sooner without. */
function commands(): typeof Commands {
  return require('./commands') as typeof Commands;
}

/** A passing line on the terminal of standard error; elsewhere nothing. */
function showProgress(text: string | null): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text === null ? '' : plain(text).slice(0, 100)}`);
}

async function run(words: readonly string[], shell: Shell): Promise<number> {
  const args = readArguments(words);
  switch (args.command) {
    case 'help':
      shell.write(helpOf(args.of));
      return 0;
    case 'version':
      shell.write(`${shell.version}\n`);
      return 0;
    case 'check':
      return check(args, shell);
    case 'slo':
    case 'refresh':
      return commands().slo(args, shell);
    case 'bisect':
      return commands().bisect(args, shell);
    case 'history':
      return commands().history(args, shell);
    case 'explain':
      return commands().explain(args.what, shell);
  }
}

async function main(words: readonly string[]): Promise<number> {
  let cancelled = false;
  // Once: a second Ctrl-C ends the program at once.
  process.once('SIGINT', () => {
    cancelled = true;
  });
  const shell: Shell = {
    cwd: process.cwd(),
    version: typeof __VERSION__ === 'string' ? __VERSION__ : 'development',
    // An empty NO_COLOR does not count: no-color.org.
    style: process.stdout.isTTY && !process.env.NO_COLOR ? terminalColours : noStyle,
    write: (text) => process.stdout.write(text),
    warn: (text) => process.stderr.write(`slo-lens: ${plain(text)}\n`),
    progress: showProgress,
    cancellation: { isCancelled: () => cancelled },
  };
  try {
    return await run(words, shell);
  } catch (error) {
    shell.progress(null);
    // By its name: the class of another bundle is another one.
    const expected = error instanceof Error ? expectedCodes[error.name] : undefined;
    if (error instanceof Error && expected !== undefined) {
      shell.warn(error.message);
      return expected;
    }
    shell.warn(`internal error: ${error instanceof Error ? error.message : String(error)}`);
    if (process.env.SLO_LENS_DEBUG && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
    return 3;
  }
}

// A closed pipe (`slo-lens check | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
