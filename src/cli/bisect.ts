/** `slo-lens bisect`: the first commit that crossed the limit of an objective over findings. */
import { dirname } from 'node:path';
import { findFirstCrossing, searchable } from '../monitor/firstCrossing';
import { leakSides } from '../monitor/leakSides';
import type { Monitor } from '../monitor/monitor';
import { nodeRevisions } from '../monitor/node/nodeRevisions';
import { clockface } from '../page/words';
import { type CrossingReport, crossingMarkdown, crossingText } from '../report/crossing';
import { jsonText } from '../report/plainText';
import type { ObjectiveDefinition } from '../slo/definition/model';
import { type BisectArguments, UsageError } from './arguments';
import { monitorOf, monitorOver } from './monitors';
import { deliver, Interrupted, refuseBrokenConfiguration, type Shell, scan, target, userCache } from './shell';

/** Runs the command. Returns the exit code; throws UsageError and Interrupted. */
export async function bisect(args: BisectArguments, shell: Shell): Promise<number> {
  const { absolute, isFile } = target(args.path, shell);
  const root = isFile ? dirname(absolute) : absolute;
  const monitor = monitorOf(root, shell, {
    cacheFolder: userCache(),
    definitionFiles: args.definition === null ? [] : [target(args.definition, shell).absolute],
  });
  await scan(monitor, shell);
  refuseBrokenConfiguration(await monitor.read(shell.cancellation), shell, root, true);
  const report = await findFirstCrossing({
    objective: objectiveOf(args.objective, monitor),
    definition: monitor.definitionInForce,
    now: monitor,
    root,
    revisions: nodeRevisions,
    monitorOver: (fs) => monitorOver(fs, root, shell),
    cancellation: shell.cancellation,
    progress: (text) => shell.progress(`Looking at ${text}`),
  });
  shell.progress(null);
  if (shell.cancellation.isCancelled()) throw new Interrupted('stopped before a commit was found');
  if (report.outcome.kind === 'failed') throw new UsageError(report.outcome.message);
  deliver(render(args, report), args.output, shell);
  return 0;
}

function objectiveOf(name: string | null, monitor: Monitor): ObjectiveDefinition {
  const definition = monitor.definitionInForce;
  const all = searchable(definition);
  const names = all.map((one) => one.name).join(', ');
  if (all.length === 0) throw new UsageError('no objective of the definition counts findings');
  if (name !== null) {
    const found = all.find((one) => one.name === name);
    if (found) return found;
    throw new UsageError(
      definition.objectives.some((one) => one.name === name)
        ? `\`${name}\` does not count findings alone, so no commit tells how it stood; ${names} do`
        : `there is no objective \`${name}\`; those over findings are ${names}`,
    );
  }
  const at = Date.parse(monitor.codePart().generatedAt);
  const sides = leakSides(definition, (source) => monitor.leaksOf(source), at);
  const violated = all.filter((one) => sides.get(one.name)?.violates === true);
  const [only] = violated;
  if (only && violated.length === 1) return only;
  throw new UsageError(
    only
      ? `several objectives are violated, name one: ${violated.map((one) => one.name).join(', ')}`
      : `no objective over findings is violated; name one of ${names}`,
  );
}

function render({ format }: BisectArguments, report: CrossingReport): string {
  switch (format) {
    case 'json':
      return jsonText({ schemaVersion: 1, ...report });
    case 'markdown':
      return crossingMarkdown(report, clockface());
    case 'text':
      return crossingText(report, clockface());
  }
}
