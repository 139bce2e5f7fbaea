/**
 * `.slo-lens/config.json`: what a workspace says about how it is analysed. Read by the server and the command line alike.
 * Faults carry their place; a broken file changes nothing.
 */
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Severity } from '../analyzer/findings';
import { positionAt, type SourceProblem } from '../sources/problems';
import { isTimeZone } from '../sources/timestamps';

export interface WorkspaceConfig {
  readonly exclude: readonly string[];
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
  readonly minConfidence: 'high' | 'medium' | 'low' | null;
  readonly agents: {
    readonly activeMinutes?: number;
    readonly restingMinutes?: number;
    readonly futureToleranceSeconds?: number;
    readonly timeZone?: string;
  };
  readonly refresh: { readonly commands: readonly string[]; readonly timeoutSeconds: number | null };
}

export const emptyConfig: WorkspaceConfig = {
  exclude: [],
  severity: {},
  minConfidence: null,
  agents: {},
  refresh: { commands: [], timeoutSeconds: null },
};

const levels = ['high', 'medium', 'low', 'off'];

/** Reads the text of a configuration file (JSON with comments). */
export function readConfig(
  text: string,
  file: string,
): { readonly config: WorkspaceConfig; readonly problems: readonly SourceProblem[] } {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const problems: SourceProblem[] = errors.map(({ error, offset }) => ({
    kind: 'config-syntax',
    message: `${printParseErrorCode(error)} in the configuration`,
    file,
    ...place(text, offset),
  }));
  if (!root || problems.length > 0) {
    if (problems.length === 0 && text.trim() !== '')
      problems.push({
        kind: 'config-syntax',
        message: 'The configuration is no JSON object',
        file,
        line: 1,
        column: 1,
      });
    return { config: emptyConfig, problems };
  }
  const wrong = (node: Node, message: string): undefined => {
    problems.push({ kind: 'config-value', message, file, ...place(text, node.offset) });
    return undefined;
  };
  if (root.type !== 'object') {
    wrong(root, 'The configuration must be an object');
    return { config: emptyConfig, problems };
  }
  const known = (node: Node | undefined, keys: readonly string[]): void => {
    for (const property of node?.children ?? []) {
      const [key] = property.children ?? [];
      if (key && !keys.includes(String(key.value)))
        wrong(key, `\`${String(key.value)}\` is not known here; known are ${keys.join(', ')}`);
    }
  };
  const at = (...path: string[]): Node | undefined => findNodeAtLocation(root, path);
  const object = (...path: string[]): Node | undefined => {
    const node = at(...path);
    return node && node.type !== 'object' ? wrong(node, `\`${path.join('.')}\` must be an object`) : node;
  };
  const strings = (...path: string[]): readonly string[] => {
    const node = at(...path);
    if (!node) return [];
    if (node.type !== 'array' || !(node.children ?? []).every((child) => child.type === 'string')) {
      wrong(node, `\`${path.join('.')}\` must be a list of strings`);
      return [];
    }
    return (node.children ?? []).map((child) => String(child.value));
  };
  const number = (...path: string[]): number | undefined => {
    const node = at(...path);
    if (!node) return undefined;
    return node.type === 'number' && node.value > 0
      ? Number(node.value)
      : wrong(node, `\`${path.join('.')}\` must be a number above 0`);
  };
  known(root, ['$schema', 'exclude', 'severity', 'minConfidence', 'agents', 'refresh']);
  known(object('agents'), ['activeMinutes', 'restingMinutes', 'futureToleranceSeconds', 'timeZone']);
  known(object('refresh'), ['commands', 'timeoutSeconds']);
  const severity: Record<string, Severity | 'off'> = {};
  for (const property of object('severity')?.children ?? []) {
    const [key, value] = property.children ?? [];
    if (!key || !value) continue;
    if (levels.includes(String(value.value))) severity[String(key.value)] = value.value as Severity | 'off';
    else wrong(value, `The severity must be one of ${levels.join(', ')}`);
  }
  const confidence = at('minConfidence');
  if (confidence && !['high', 'medium', 'low'].includes(String(confidence.value)))
    wrong(confidence, '`minConfidence` must be high, medium or low');
  const zone = at('agents', 'timeZone');
  const zoneOk = zone !== undefined && typeof zone.value === 'string' && isTimeZone(zone.value);
  if (zone && !zoneOk) wrong(zone, '`agents.timeZone` must be the name of a time zone, `UTC` or `local`');
  const activeMinutes = number('agents', 'activeMinutes');
  const restingMinutes = number('agents', 'restingMinutes');
  const futureToleranceSeconds = number('agents', 'futureToleranceSeconds');
  return {
    config: {
      exclude: strings('exclude'),
      severity,
      minConfidence:
        confidence && ['high', 'medium', 'low'].includes(String(confidence.value))
          ? (confidence.value as 'high')
          : null,
      agents: {
        ...(activeMinutes === undefined ? {} : { activeMinutes }),
        ...(restingMinutes === undefined ? {} : { restingMinutes }),
        ...(futureToleranceSeconds === undefined ? {} : { futureToleranceSeconds }),
        ...(zoneOk ? { timeZone: String(zone.value) } : {}),
      },
      refresh: {
        commands: strings('refresh', 'commands'),
        timeoutSeconds: number('refresh', 'timeoutSeconds') ?? null,
      },
    },
    problems,
  };
}

function place(text: string, offset: number): { readonly line: number; readonly column: number } {
  const { line, column } = positionAt(text, offset);
  return { line, column };
}
