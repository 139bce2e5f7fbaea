/** `slo-lens history export|import`: a history as one file, to be kept elsewhere or joined with another. */
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { HistoryStore } from '../monitor/historyStore';
import { nodeClock, nodeFileSystem } from '../monitor/node/nodePorts';
import { historyText, importedWords, MAX_TRANSFER_BYTES, readHistoryText } from '../slo/history/transfer';
import { type HistoryArguments, UsageError } from './arguments';
import { deliver, ioReason, type Shell, target } from './shell';

/** Runs the command. Returns the exit code; throws UsageError. */
export async function history(args: HistoryArguments, shell: Shell): Promise<number> {
  const now = nodeClock.now();
  const folder = resolve(shell.cwd, args.folder);
  const store = new HistoryStore(nodeFileSystem, folder, randomBytes(6).toString('hex'));
  if (args.file === null) {
    // A name that was mistyped is not an empty history.
    if (target(args.folder, shell).isFile) throw new UsageError(`--history ${args.folder}: it is a file, not a folder`);
    const { history: known, problems } = await store.load(now);
    for (const problem of problems) shell.warn(problem);
    deliver(historyText(known, now), args.output, shell);
    return 0;
  }
  const read = readHistoryText(textOf(args.file, shell), now);
  if (!read.ok) throw new UsageError(`${args.file}: ${read.message}`);
  const failed = await store.add(read.history, now);
  if (failed !== null) throw new UsageError(`${args.folder}: not all of ${args.file} could be kept: ${failed}`);
  shell.write(`${importedWords(read.damagedLines)}.\n`);
  return 0;
}

function textOf(name: string, shell: Shell): string {
  const { absolute, isFile } = target(name, shell);
  if (!isFile) throw new UsageError(`${name} is a folder, not a file`);
  if (statSync(absolute).size > MAX_TRANSFER_BYTES) throw new UsageError(`${name} is larger than 256 MB`);
  try {
    return readFileSync(absolute, 'utf8');
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${ioReason(error)}`);
  }
}
