/** One status file, as read: what it says, and what is wrong with it. Rules: swarm reference, sections 2, 6 and 7. */
import { canonicalId } from './agentIdentity';
import { type DeclaredState, declaredState, saysResting } from './declaredState';
import { isObject, type JsonObject, type JsonScan, type JsonValue, scanJsonObjects } from './jsonScan';
import { type Position, quoted } from './problems';
import type { FieldValue } from './records';
import { type StatusTime, type StatusWarning, StatusWarnings } from './statusWarnings';
import { parseTimestamp } from './timestamps';

export interface StatusContent {
  readonly state: 'readable' | 'readable-with-warning';
  readonly agentId: string | null;
  readonly name: string | null;
  readonly statusText: string | null;
  /** Path of the field the text was taken from. */
  readonly statusFrom: string | null;
  readonly declared: DeclaredState;
  readonly phase: string | null;
  readonly restingLimit: boolean;
  readonly mission: string | null;
  readonly missionFrom: string | null;
  readonly points: number | null;
  readonly openTasks: number | null;
  readonly doneTasks: number | null;
  readonly blockers: readonly string[];
  /** Where it stands in a file of several agents. */
  readonly at?: Position;
  /** What a definition names besides. */
  readonly fields?: Readonly<Record<string, FieldValue>>;
  readonly warnings: readonly StatusWarning[];
  readonly duplicateKeys: readonly { readonly path: string; readonly line: number; readonly column: number }[];
  readonly problem: {
    readonly kind: string;
    readonly line: number;
    readonly column: number;
    readonly offset: number;
  } | null;
}

/** What a file says, and when: of most writes only the times are new, and the content is the same object. */
export interface GoodStatus {
  readonly ok: true;
  readonly content: StatusContent;
  /** Its signs of life, in order of priority. */
  readonly timestamps: readonly StatusTime[];
}

export type StatusReading =
  | GoodStatus
  | {
      readonly ok: false;
      readonly problem: {
        readonly kind: string;
        readonly message: string;
        readonly line: number;
        readonly column: number;
        readonly offset: number;
      };
    };

/** Signs of life, top level only, in order of priority. */
export const timestampKeys: readonly string[] = [
  'last_updated',
  'last_update',
  'lastUpdated',
  'updated_at',
  'updatedAt',
  'last_heartbeat',
  'lastHeartbeat',
  'last_heartbeat_at',
  'last_beat',
  'last_seen',
  'lastSeen',
  'last_activity',
  'lastActivity',
  'last_active',
  'lastActive',
  'last_checkin',
  'last_cycle',
  'mission_timestamp',
  'timestamp',
  'ts',
];

/** Gives a text that says the same. */
export type Keep = (text: string) => string;
const same: Keep = (text) => text;

type Field = readonly [key: string, ...inner: string[]];
export const statusFields: readonly Field[] = [
  ['status'],
  ['state'],
  ['current_status'],
  ['agent_status'],
  ['work_status'],
  ['work_status', 'status'],
  ['fsm_state'],
  ['fsm_state', 'current_state'],
];
export const missionFields: readonly Field[] = [
  ['current_mission'],
  ['current_mission', 'title'],
  ['mission'],
  ['current_task'],
  ['current_task', 'title'],
  ['current_task', 'description'],
  ['current_focus'],
  ['current_contract'],
  ['current_contract', 'title'],
];
export const nameFields: readonly Field[] = [['agent_name'], ['name'], ['specialty'], ['specialization'], ['role']];

/**
 * Reads the text of a status file.
 * @param folder name of the agent's folder, its identity
 * @param timeZone zone of values without offset
 * @param keep what agents say of themselves they say again and again: gives the text that is there already
 */
export function readStatus(text: string, folder: string, timeZone: string, keep: Keep = same): StatusReading {
  const scan = scanJsonObjects(text);
  if (!scan.ok)
    return { ok: false, problem: { kind: scan.problem.kind, message: scan.problem.message, ...scan.problem.position } };
  const merged = mergeDocuments(scan);
  const warnings = new StatusWarnings();
  const warn = warnings.add;
  const placeOf = (key: string): Position | undefined =>
    scan.documents.findLast((document) => document.keys.get(key) !== undefined)?.keys.get(key);
  const start = scan.documents[0]?.start;
  const second = scan.documents[1];
  warnings.ofText(scan);

  const agentId = stringAt(merged, ['agent_id']);
  if (agentId === null) warn('no-agent-id', 'There is no agent_id; the folder is the identity', start);
  else if (canonicalId(agentId) !== canonicalId(folder))
    warn(
      'agent-id-mismatch',
      `agent_id says ${quoted(agentId)}, the folder ${folder}; the folder counts`,
      placeOf('agent_id'),
      'agent_id',
    );

  const status = firstText(merged, statusFields);
  if (status?.from !== 'status')
    warn('no-status', status ? `There is no status; taken from ${status.from}` : 'There is no status', start);
  const mission = firstText(merged, missionFields);
  if (!mission) warn('no-mission', 'There is no mission', start);
  const phase = stringAt(merged, ['current_phase']);
  const fsm = firstText(merged, [['fsm_state'], ['fsm_state', 'current_state']]);

  const timestamps: StatusTime[] = [];
  for (const { value, keys } of scan.documents)
    for (const key of timestampKeys) {
      const raw = own(value, key);
      if (typeof raw !== 'string' && typeof raw !== 'number') continue;
      const at = keys.get(key);
      if (at) timestamps.push({ key, raw, time: parseTimestamp(raw, timeZone), at });
    }
  warnings.ofTimes(timestamps, timeZone, start);

  const problem = second
    ? { kind: 'several-documents', ...second.start }
    : scan.trailing
      ? { kind: 'trailing-text', ...scan.trailing }
      : null;
  const kept = (value: string | null | undefined): string | null =>
    value === null || value === undefined ? null : keep(value);
  const marked = scan.bom || second !== undefined || scan.trailing !== undefined || scan.duplicates.length > 0;
  return {
    ok: true,
    content: {
      state: marked ? 'readable-with-warning' : 'readable',
      agentId: agentId === folder ? folder : kept(agentId),
      name: kept(firstText(merged, nameFields)?.text),
      statusText: kept(status?.text),
      statusFrom: kept(status?.from),
      declared: declaredState(status?.text ?? null),
      phase: kept(phase),
      restingLimit: saysResting(status?.text ?? null) || saysResting(phase) || saysResting(fsm?.text ?? null),
      mission: kept(mission?.text),
      missionFrom: kept(mission?.from),
      points: pointsOf(merged),
      openTasks: lengthOf(merged.current_tasks),
      doneTasks: Object.hasOwn(merged, 'completed_tasks')
        ? lengthOf(merged.completed_tasks)
        : lengthOf(merged.missions_complete),
      blockers: blockersOf(merged.blockers),
      warnings: warnings.all(),
      duplicateKeys: scan.duplicates,
      problem,
    },
    timestamps,
  };
}

/** The documents of a text as one: later keys replace earlier ones. */
export function mergeDocuments(scan: Extract<JsonScan, { ok: true }>): JsonObject {
  const [first, second] = scan.documents;
  if (first && !second) return first.value;
  const merged: Record<string, JsonValue> = Object.create(null);
  for (const { value } of scan.documents) for (const [key, field] of Object.entries(value)) merged[key] = field;
  return merged;
}

function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function valueAt(object: JsonObject, field: Field): JsonValue | undefined {
  let value: JsonValue | undefined = object;
  for (const name of field) value = isObject(value) ? own(value, name) : undefined;
  return value;
}

function stringAt(object: JsonObject, field: Field): string | null {
  const value = valueAt(object, field);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function firstText(
  object: JsonObject,
  fields: readonly Field[],
): { readonly text: string; readonly from: string } | null {
  for (const field of fields) {
    const text = stringAt(object, field);
    if (text !== null) return { text, from: field.join('.') };
  }
  return null;
}

function lengthOf(value: JsonValue | undefined): number | null {
  return Array.isArray(value) ? value.length : null;
}

function pointsOf(object: JsonObject): number | null {
  const earned = object.points_earned;
  if (isFigure(earned)) return earned;
  if (isObject(earned)) {
    for (const key of ['total_current', 'captain_confirmed_total']) {
      const value = earned[key];
      if (isFigure(value)) return value;
    }
  }
  return earned === undefined && isFigure(object.points_total) ? object.points_total : null;
}

/** 1e999 is JSON, and no figure. */
function isFigure(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

const noBlockers: readonly string[] = [];
const noBlocker: ReadonlySet<string> = new Set(['', 'none', 'n/a', 'no', '-']);

function blockersOf(value: JsonValue | undefined): readonly string[] {
  const list = isObject(value) ? value.current_blockers : value;
  if (typeof list === 'string') return noBlocker.has(list.trim().toLowerCase()) ? noBlockers : [list];
  return Array.isArray(list) && list.length > 0
    ? list.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
    : noBlockers;
}
