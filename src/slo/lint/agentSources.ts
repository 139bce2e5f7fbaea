/** What a data source says that nothing reads, and layouts of agents that contradict themselves. */
import { heartbeatOf, isSwarmLayout } from '../../sources/agentLayout';
import { DECLARED_STATES, stateWord } from '../../sources/declaredState';
import { compilePattern } from '../../sources/pattern';
import { isMap, mapAt, type OpenSloObject, type RawMap, type ReportProblem, textAt } from '../definition/openslo';
import schema from '../definition/openslo.schema.json';
import type { Path } from '../definition/yamlDocuments';

const BASE: Path = ['spec', 'connectionDetails'];
const SWARM_FILES = 'agent_workspaces/*/status.json';
/** What layout swarm decides itself. */
const POINTERS = ['agents', 'name', 'state', 'states', 'phase', 'mission', 'openTasks', 'doneTasks', 'fields'];

/** Fields of `connectionDetails` that a source of this type reads; null for a type that is not read here. */
export function detailKeys(type: string): readonly string[] | null {
  const definitions: Readonly<Record<string, unknown>> = schema.definitions;
  const details = Object.hasOwn(definitions, `${type}Details`) ? definitions[`${type}Details`] : null;
  return isMap(details) && isMap(details.properties) ? Object.keys(details.properties) : null;
}

/** Reports fields that change nothing, and what a source of agents cannot mean. */
export function lintSource(source: OpenSloObject, report: ReportProblem): void {
  const type = textAt(source.spec, 'type') ?? '';
  const details = mapAt(source.spec, 'connectionDetails');
  const known = detailKeys(type);
  for (const key of known ? Object.keys(details) : [])
    if (!known?.includes(key))
      report(
        source,
        'warning',
        'slo/unknown-detail',
        BASE,
        `${key} is nothing that a source of type ${type} reads, and changes nothing; it reads ${known?.join(', ')}`,
        key,
      );
  if (type !== 'AgentStatusFiles') return;
  const warn = (path: Path, message: string): void => report(source, 'warning', 'slo/agent-layout', path, message);
  lintPattern(source, details, report);
  lintWords(details, warn);
  if (isSwarmLayout(details)) lintSwarm(details, warn);
  else lintPointers(details, warn);
}

type Warn = (path: Path, message: string) => void;

function globsOf({ files }: RawMap): readonly string[] {
  return (Array.isArray(files) ? files : [files]).filter((one): one is string => typeof one === 'string');
}

function lintPattern(source: OpenSloObject, details: RawMap, report: ReportProblem): void {
  const text = textAt(mapAt(details, 'activeWhen'), 'stateNotMatching');
  const pattern = text === null ? null : compilePattern(text);
  if (!pattern || pattern.ok) return;
  const path: Path = [...BASE, 'activeWhen', 'stateNotMatching'];
  report(source, 'error', 'slo/pattern', path, `${pattern.message} (at character ${pattern.at + 1})`);
}

function lintWords(details: RawMap, warn: Warn): void {
  const states = mapAt(details, 'states');
  const meaning = new Map<string, string>();
  for (const state of DECLARED_STATES) {
    const given = Object.hasOwn(states, state) ? states[state] : [];
    for (const one of Array.isArray(given) ? given : [given]) {
      const word = stateWord(String(one));
      const other = meaning.get(word);
      if (other !== undefined && other !== state)
        warn([...BASE, 'states', state], `${String(one)} means ${other} already; the later meaning counts`);
      meaning.set(word, state);
    }
  }
}

function lintSwarm(details: RawMap, warn: Warn): void {
  for (const key of POINTERS)
    if (details[key] !== undefined)
      warn([...BASE, key], `layout: swarm decides ${key} itself and reads nothing here; leave out layout to name it`);
  if (details.id !== undefined && details.id !== 'parentDirectory')
    warn([...BASE, 'id'], 'layout: swarm takes the name of the folder; leave out layout to name another id');
  if (heartbeatOf(details).time !== undefined)
    warn([...BASE, 'heartbeat'], 'layout: swarm knows its keys of time; leave out layout to name others');
  const other = globsOf(details).find((glob) => glob !== SWARM_FILES);
  if (other !== undefined)
    warn([...BASE, 'files'], `layout: swarm reads ${SWARM_FILES}, not ${other}; leave out layout to read other files`);
}

function lintPointers(details: RawMap, warn: Warn): void {
  const globs = globsOf(details);
  if (globs.length === 0) {
    if (POINTERS.some((key) => details[key] !== undefined) || heartbeatOf(details).time !== undefined)
      warn(BASE, `no files are named, so that ${SWARM_FILES} is read as layout: swarm has it, without these pointers`);
    return;
  }
  if (globs.includes(SWARM_FILES))
    warn(
      [...BASE, 'files'],
      `say layout: swarm: without it every folder of ${SWARM_FILES} is an agent, whatever its name`,
    );
  if (details.agents !== undefined && heartbeatOf(details).fallback === 'mtime')
    warn(
      [...BASE, 'heartbeat', 'fallback'],
      'a file of several agents is written for any of them; its time is not taken',
    );
}
