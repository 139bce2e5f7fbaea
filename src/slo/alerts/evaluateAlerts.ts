/** All alerts of a definition at one tick: states, who is silent, what is announced and what is only logged. */
import type { AlertPolicyDefinition, AlertSeverity, Definition } from '../definition/model';
import { durationText } from '../duration';
import type { ValueSample } from '../indicatorInput';
import type { ObjectiveEvaluation } from '../verdict';
import { burnMeaning } from './burnMeaning';
import { conditionText, policyOutcome, termReader } from './conditionTerms';
import { FLAP_RULE, type FlapRule, STEADY, stepFlap } from './flapping';
import { type Handling, type Handlings, isSnoozing, whatIsLeft } from './handling';
import { type AlertMemory, INACTIVE, noDataOutcome, type StepResult, stepAlert } from './stateMachine';
import { parseWhen } from './whenExpression';

/** By alert key. JSON-serialisable; to be written before the announcements are shown. */
export type AlertMemories = Readonly<Record<string, AlertMemory>>;

export interface AlertStatus {
  /** `policy/objective`, with `#no-data` for the no-data alert. */
  readonly key: string;
  readonly kind: 'condition' | 'no-data';
  readonly policy: AlertPolicyDefinition;
  readonly objective: string;
  readonly state: AlertMemory['state'] | 'resolved';
  /** Since when pending or firing, ms since the epoch. */
  readonly since: number | null;
  /** Policy whose firing silences this one. */
  readonly inhibitedBy: string | null;
  /** What people have said of it and what still counts; null when nothing does. */
  readonly handling: Handling | null;
  readonly condition: string;
  /** What a burn rate condition means in budget, failures and time; null of other conditions. */
  readonly meaning: string | null;
  readonly valueText: string;
}

export type AlertEventKind =
  | 'fire'
  | 'resolve'
  /** Instead of the announcement that would make one too many; silence follows. */
  | 'flapping'
  | 'fire-no-data'
  | 'resolve-no-data'
  | 'resolved-while-closed'
  | 'edge';

export interface AlertEvent {
  readonly at: number;
  readonly kind: AlertEventKind;
  readonly key: string;
  readonly policy: AlertPolicyDefinition;
  readonly objective: string;
  /** Of an edge with a `delta` term: the change. */
  readonly delta: number | null;
  readonly valueText: string;
}

export interface AlertTick {
  readonly memories: AlertMemories;
  /** What is left of the handlings: those that ended are gone. */
  readonly handlings: Handlings;
  readonly alerts: readonly AlertStatus[];
  /** For the surfaces: P1 and P2 only, at most one fire per incident, a resolve only after an announced fire. */
  readonly announcements: readonly AlertEvent[];
  /** For the activity log: every transition and edge, of every level. */
  readonly log: readonly AlertEvent[];
}

export interface AlertTickOptions {
  readonly now: number;
  readonly watchedFrom?: number;
  /** Earlier values of an objective, sorted by time; needed by `delta`. */
  readonly history?: (objective: string) => readonly ValueSample[];
  /** True at the first tick of a process that started from persisted memories. */
  readonly firstAfterStart?: boolean;
  /** What people have said of alerts: mutes the voice, not the state. */
  readonly handlings?: Handlings;
  /** Another window speaks. */
  readonly silent?: boolean;
  /** When an alert counts as flapping. Default: `FLAP_RULE`. */
  readonly flap?: FlapRule;
}

interface Stepped {
  readonly key: string;
  readonly kind: AlertStatus['kind'];
  readonly policy: AlertPolicyDefinition;
  readonly evaluation: ObjectiveEvaluation;
  readonly before: AlertMemory;
  readonly step: StepResult;
  readonly condition: string;
  readonly lastSample: number | null;
}

function remembered(memory: AlertMemory | undefined, condition: string): AlertMemory {
  if (!memory) return INACTIVE;
  return memory.state === 'pending' && memory.condition !== undefined && memory.condition !== condition
    ? INACTIVE
    : memory;
}

function edgeDelta(policy: AlertPolicyDefinition, read: ReturnType<typeof termReader>): number | null {
  const parsed = policy.when === null ? null : parseWhen(policy.when);
  return parsed?.ok && parsed.expression.left.kind === 'delta' ? read(parsed.expression.left) : null;
}

/** Name of the policy that silences an alert. It counts on the same objective, and anywhere when it does not watch that objective. */
function inhibitor(alert: Stepped, firing: readonly Stepped[]): string | null {
  const found = firing.find(
    (other) =>
      other.kind === alert.kind &&
      other.policy.inhibits.includes(alert.policy.name) &&
      (other.evaluation.objective.name === alert.evaluation.objective.name ||
        !alert.evaluation.objective.alertPolicies.includes(other.policy.name)),
  );
  return found?.policy.name ?? null;
}

const ANNOUNCED: readonly AlertSeverity[] = ['P1', 'P2'];

function eventOf(alert: Stepped, kind: AlertEventKind, at: number, delta: number | null = null): AlertEvent {
  return {
    at,
    kind,
    key: alert.key,
    policy: alert.policy,
    objective: alert.evaluation.objective.name,
    delta,
    valueText: alert.evaluation.valueText,
  };
}

function suffixed(kind: 'fire' | 'resolve', alert: Stepped): AlertEventKind {
  return alert.kind === 'no-data' ? `${kind}-no-data` : kind;
}

function stepPolicy(
  policy: AlertPolicyDefinition,
  evaluation: ObjectiveEvaluation,
  memories: AlertMemories,
  options: AlertTickOptions,
): { readonly steps: readonly Stepped[]; readonly edge: AlertEvent | null } {
  const { now } = options;
  const { objective } = evaluation;
  const read = termReader(evaluation, {
    now,
    ...(options.watchedFrom === undefined ? {} : { watchedFrom: options.watchedFrom }),
    history: options.history?.(objective.name) ?? [],
    minEvents: policy.minEvents,
  });
  const key = `${policy.name}/${objective.name}`;
  const condition = conditionText(policy);
  const outcome = policyOutcome(policy, read);
  const lastSample = evaluation.observedAt ?? memories[`${key}#no-data`]?.lastSample ?? null;
  const make = (
    suffix: string,
    kind: AlertStatus['kind'],
    text: string,
    run: (before: AlertMemory) => StepResult,
  ): Stepped => {
    const before = remembered(memories[key + suffix], text);
    return {
      key: key + suffix,
      kind,
      policy,
      evaluation,
      before,
      step: run(before),
      condition: text,
      lastSample: kind === 'no-data' ? lastSample : null,
    };
  };
  const steps: Stepped[] = [];
  let edge: AlertEvent | null = null;
  if (policy.edge) {
    if (outcome.fires === true) {
      edge = {
        at: now,
        kind: 'edge',
        key,
        policy,
        objective: objective.name,
        delta: edgeDelta(policy, read),
        valueText: evaluation.valueText,
      };
    }
  } else steps.push(make('', 'condition', condition, (before) => stepAlert(before, outcome, policy, now)));
  if (policy.whenNoData) {
    const silence = noDataOutcome(lastSample, objective.staleAfterMs, now);
    const text = `no sample for ${durationText(objective.staleAfterMs)}`;
    steps.push(
      make('#no-data', 'no-data', text, (before) =>
        stepAlert(before, silence, { alertAfterMs: 0, keepFiringForMs: 0 }, now),
      ),
    );
  }
  return { steps, edge };
}

/** One tick. Policies that no objective names, and objectives whose policy is missing, have no alert. */
export function evaluateAlerts(
  definition: Pick<Definition, 'policies'>,
  evaluations: readonly ObjectiveEvaluation[],
  memories: AlertMemories,
  options: AlertTickOptions,
): AlertTick {
  const { now } = options;
  const policies = new Map(definition.policies.map((policy) => [policy.name, policy]));
  const stepped: Stepped[] = [];
  const announcements: AlertEvent[] = [];
  const log: AlertEvent[] = [];
  for (const evaluation of evaluations) {
    for (const name of evaluation.objective.alertPolicies) {
      const policy = policies.get(name);
      if (!policy) continue;
      const { steps, edge } = stepPolicy(policy, evaluation, memories, options);
      stepped.push(...steps);
      if (edge) log.push(edge);
    }
  }
  const firing = stepped.filter((alert) => alert.step.memory.state === 'firing');
  const next: Record<string, AlertMemory> = {};
  const alerts: AlertStatus[] = [];
  const handlings = new Map(Object.entries(options.handlings ?? {}));
  for (const alert of stepped) {
    const { step, policy } = alert;
    const inhibitedBy = inhibitor(alert, firing);
    const isFiring = step.memory.state === 'firing';
    const before = handlings.get(alert.key);
    const handling = before ? whatIsLeft(before, isFiring, now) : null;
    if (handling) handlings.set(alert.key, handling);
    else handlings.delete(alert.key);
    const snoozed = handling?.snooze ? isSnoozing(handling.snooze, isFiring, now) : false;
    const silent = options.silent === true || inhibitedBy !== null || snoozed || !ANNOUNCED.includes(policy.severity);
    const flap = stepFlap(alert.before.flap ?? STEADY, step.transition !== null, options.flap ?? FLAP_RULE, now);
    const { muted } = flap.memory;
    let memory = step.memory;
    if (step.transition === 'fire') log.push(eventOf(alert, suffixed('fire', alert), now));
    if (memory.state === 'firing' && memory.notifiedAt === null && !silent && !muted && announcesFire(alert)) {
      announcements.push(eventOf(alert, suffixed('fire', alert), now));
      memory = { ...memory, notifiedAt: now };
    }
    if (step.transition === 'resolve') {
      const closed = options.firstAfterStart === true;
      log.push(eventOf(alert, closed ? 'resolved-while-closed' : suffixed('resolve', alert), now));
      if (!closed && !silent && !muted && policy.whenResolved && alert.before.notifiedAt !== null)
        announcements.push(eventOf(alert, suffixed('resolve', alert), now));
    }
    if (flap.starts) {
      log.push(eventOf(alert, 'flapping', now));
      if (!silent) announcements.push(eventOf(alert, 'flapping', now));
    }
    next[alert.key] = {
      ...memory,
      condition: alert.condition,
      ...(flap.memory.transitions.length === 0 ? {} : { flap: flap.memory }),
      ...(alert.lastSample === null ? {} : { lastSample: alert.lastSample }),
    };
    alerts.push({
      key: alert.key,
      kind: alert.kind,
      policy,
      objective: alert.evaluation.objective.name,
      state: step.shown,
      since: memory.since,
      inhibitedBy,
      handling,
      condition: alert.condition,
      meaning: alert.kind === 'condition' ? burnMeaning(policy, alert.evaluation.objective, now) : null,
      valueText: alert.evaluation.valueText,
    });
  }
  return { memories: next, handlings: Object.fromEntries(handlings), alerts, announcements, log };
}

/** `alertWhenBreaching: false` silences the fire; the no-data alert has its own switch, which is on when it exists. */
function announcesFire(alert: Stepped): boolean {
  return alert.kind === 'no-data' || alert.policy.whenBreaching;
}
