/** The command line program. */
import { noStyle, type Style } from '../report/textExport';
import { help, readArguments, UsageError } from './arguments';
import { check, explain, type Shell, slo } from './commands';

declare const __VERSION__: string | undefined;

function terminalStyle(): Style {
  if (!process.stdout.isTTY || process.env.NO_COLOR !== undefined) return noStyle;
  const paint =
    (open: number, close: number) =>
    (text: string): string =>
      `\u001b[${open}m${text}\u001b[${close}m`;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    yellow: paint(33, 39),
    green: paint(32, 39),
    blue: paint(34, 39),
  };
}

async function main(words: readonly string[]): Promise<number> {
  let cancelled = false;
  process.once('SIGINT', () => {
    cancelled = true;
  });
  const version = typeof __VERSION__ === 'string' ? __VERSION__ : 'development';
  const shell: Shell = {
    cwd: process.cwd(),
    version,
    style: terminalStyle(),
    write: (text) => process.stdout.write(text),
    warn: (text) => process.stderr.write(`${text}\n`),
    cancellation: { isCancelled: () => cancelled },
  };
  try {
    const args = readArguments(words);
    switch (args.command) {
      case 'help':
        shell.write(help);
        return 0;
      case 'version':
        shell.write(`${version}\n`);
        return 0;
      case 'check':
        return await check(args, shell);
      case 'slo':
      case 'refresh':
        return await slo(args, shell);
      case 'explain':
        return await explain(args.what, shell);
    }
  } catch (error) {
    if (error instanceof UsageError) {
      shell.warn(`slo-lens: ${error.message}`);
      return 2;
    }
    shell.warn(`slo-lens: internal error: ${error instanceof Error ? error.message : String(error)}`);
    if (process.env.SLO_LENS_DEBUG !== undefined && error instanceof Error) shell.warn(error.stack ?? '');
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
