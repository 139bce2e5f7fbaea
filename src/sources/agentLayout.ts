/** How the files of a data source name their agents, where they are not those of a swarm: pointers to id, state, times and the rest. */
import { missionFields, nameFields, statusFields, timestampKeys } from './agentStatus';
import { DECLARED_STATES, type DeclaredState, type StateWords, stateWord } from './declaredState';
import type { Pointers } from './records';

export interface AgentLayout {
  /** Where a file holds several agents, as a list, or as a map whose keys name them; null: a file is one agent. */
  readonly agents: Pointers | null;
  /** Of an agent whose file says nothing there, the name of the file counts. */
  readonly id: 'parentDirectory' | 'fileName' | Pointers;
  readonly name: Pointers;
  readonly state: Pointers;
  readonly phase: Pointers;
  readonly mission: Pointers;
  /** The first that is there counts; null: the newest that can be believed of the keys that swarms use. */
  readonly heartbeat: Pointers | null;
  readonly openTasks: Pointers;
  readonly doneTasks: Pointers;
  readonly fields: Readonly<Record<string, Pointers>>;
  readonly words: StateWords;
}

/** Keys of an agent that swarms use as signs of life, as pointers. */
export const SWARM_HEARTBEATS: Pointers = timestampKeys.map((key) => `/${key}`);
const pointersTo = (fields: readonly (readonly string[])[]): Pointers => fields.map((field) => `/${field.join('/')}`);
const defaults = {
  name: pointersTo(nameFields),
  state: pointersTo(statusFields),
  phase: ['/current_phase'],
  mission: pointersTo(missionFields),
  openTasks: ['/current_tasks'],
  doneTasks: ['/completed_tasks'],
} as const satisfies Partial<Record<keyof AgentLayout, Pointers>>;

type Details = Readonly<Record<string, unknown>>;

/** JSON Pointers of a value: one, or a list. The empty one is the whole. */
function pointers(value: unknown): Pointers {
  return (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === 'string' && (one === '' || one.startsWith('/')),
  );
}

function mapOf(value: unknown): Details {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Details) : {};
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? [String(one)] : [],
  );
}

/** Does a data source read the folders of a swarm? */
export function isSwarmLayout(details: Details): boolean {
  return details.layout === 'swarm';
}

/** `heartbeat` is a pointer, a list of them, or a map with `time`. */
export function heartbeatOf(details: Details): Details {
  const { heartbeat } = details;
  return typeof heartbeat === 'string' || Array.isArray(heartbeat) ? { time: heartbeat } : mapOf(heartbeat);
}

/** The layout that `connectionDetails` name; what they leave out is looked for where swarms write it. */
export function agentLayout(details: Details): AgentLayout {
  const given = (key: keyof typeof defaults): Pointers => (key in details ? pointers(details[key]) : defaults[key]);
  const { time } = heartbeatOf(details);
  const fields: Record<string, Pointers> = Object.create(null);
  for (const [name, value] of Object.entries(mapOf(details.fields))) fields[name] = pointers(value);
  const words = new Map<string, DeclaredState>();
  for (const state of DECLARED_STATES) {
    const states = mapOf(details.states);
    for (const text of Object.hasOwn(states, state) ? textsOf(states[state]) : []) words.set(stateWord(text), state);
  }
  return {
    agents: details.agents === undefined ? null : pointers(details.agents),
    id: identityOf(details),
    name: given('name'),
    state: given('state'),
    phase: given('phase'),
    mission: given('mission'),
    heartbeat: time === undefined ? null : pointers(time),
    openTasks: given('openTasks'),
    doneTasks: given('doneTasks'),
    fields,
    words,
  };
}

/** Not named, it is what the globs leave open: in `.heartbeats/*.json` the file, in `agents/*\/state.json` the folder. */
function identityOf(details: Details): AgentLayout['id'] {
  const { id } = details;
  if (id === 'parentDirectory' || id === 'fileName') return id;
  if (id !== undefined) return pointers(id);
  const globs = textsOf(details.files);
  const isOpen = (glob: string): boolean => /[*?[{]/.test(glob.slice(glob.lastIndexOf('/') + 1));
  return globs.length === 0 || globs.some(isOpen) ? 'fileName' : 'parentDirectory';
}
