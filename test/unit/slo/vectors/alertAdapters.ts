import { type Announcement, announce, NO_FIRE_YET } from '../../../../src/slo/alerts/announcements';
import {
  type AlertEvent,
  type AlertMemories,
  type AlertTick,
  evaluateAlerts,
} from '../../../../src/slo/alerts/evaluateAlerts';
import type { Handlings } from '../../../../src/slo/alerts/handling';
import type { AlertMemory } from '../../../../src/slo/alerts/stateMachine';
import type { AlertPolicyDefinition, AlertSeverity } from '../../../../src/slo/definition/model';
import { evaluateObjective } from '../../../../src/slo/evaluate';
import type { IndicatorInput, ValueSample } from '../../../../src/slo/indicatorInput';
import { objective, policy } from '../inputs';
import { type Adapters, adapter } from './adapter';

const MINUTE = 60_000;

interface Rule {
  readonly name?: string;
  readonly severity?: AlertSeverity;
  readonly when: string;
  readonly clearWhen?: string;
  readonly forMin?: number;
  readonly keepFiringForMin?: number;
  readonly alertWhenNoData?: boolean;
  readonly staleAfterMin?: number;
  readonly edge?: boolean;
  readonly inhibits?: readonly string[];
  readonly flap?: { readonly transitions: number; readonly withinMin: number; readonly stableMin: number };
}

type Series = readonly (readonly [number, number | null])[];

interface Run {
  readonly minute: number;
  readonly tick: AlertTick;
}

interface RunOptions {
  readonly persisted?: {
    readonly state: AlertMemory['state'];
    readonly since: number;
    readonly lastTrue: number;
    readonly notifiedAt: number;
  };
  readonly reloadAt?: readonly number[];
  readonly snooze?: readonly [number, number];
}

function policyOf(rule: Rule): AlertPolicyDefinition {
  return policy({
    name: rule.name ?? 'rule',
    severity: rule.severity ?? 'P1',
    when: rule.when,
    clearWhen: rule.clearWhen ?? null,
    alertAfterMs: (rule.forMin ?? 0) * MINUTE,
    keepFiringForMs: (rule.keepFiringForMin ?? 0) * MINUTE,
    whenNoData: rule.alertWhenNoData ?? false,
    edge: rule.edge ?? false,
    inhibits: rule.inhibits ?? [],
  });
}

function run(rules: readonly Rule[], series: Series, options: RunOptions = {}): readonly Run[] {
  const policies = rules.map(policyOf);
  const staleAfterMin = rules[0]?.staleAfterMin ?? 3;
  const definition = objective({
    alertPolicies: policies.map(({ name }) => name),
    staleAfterMs: staleAfterMin * MINUTE,
  });
  const watchesSilence = rules.some((rule) => rule.alertWhenNoData);
  const flap = rules[0]?.flap;
  const history: ValueSample[] = [];
  let memories: AlertMemories = {};
  const { persisted } = options;
  if (persisted) {
    memories = {
      'rule/objective': {
        state: persisted.state,
        since: persisted.since * MINUTE,
        lastTrue: persisted.lastTrue * MINUTE,
        notifiedAt: persisted.notifiedAt * MINUTE,
      },
    };
  }
  const [from, until] = options.snooze ?? [];
  let handlings: Handlings =
    from === undefined || until === undefined
      ? {}
      : {
          'rule/objective': {
            snooze: { from: from * MINUTE, until: until * MINUTE, whileFiring: null },
            acknowledgedAt: null,
          },
        };
  let previous = Number.NEGATIVE_INFINITY;
  return series.map(([minute, value], index) => {
    const now = minute * MINUTE;
    const reloaded = options.reloadAt?.some((at) => at > previous && at <= minute) ?? false;
    if (reloaded) memories = JSON.parse(JSON.stringify(memories)) as AlertMemories;
    // Without a no-data rule null means unknown; with one it means that no new sample came.
    const kept = value === null && watchesSilence ? history.at(-1) : undefined;
    const sample = value === null ? kept : { time: now, value };
    const input: IndicatorInput = sample
      ? { kind: 'samples', samples: [sample] }
      : { kind: 'none', reason: 'no sample' };
    const evaluation = evaluateObjective(definition, input, { now });
    const tick = evaluateAlerts({ policies }, [evaluation], memories, {
      now,
      history: () => history,
      firstAfterStart: (persisted !== undefined && index === 0) || reloaded,
      ...(flap
        ? {
            flap: {
              transitions: flap.transitions,
              withinMs: flap.withinMin * MINUTE,
              stableMs: flap.stableMin * MINUTE,
            },
          }
        : {}),
      handlings,
    });
    memories = tick.memories;
    handlings = tick.handlings;
    if (value !== null) history.push({ time: now, value });
    previous = minute;
    return { minute, tick };
  });
}

const pairs = (runs: readonly Run[], of: (tick: AlertTick) => readonly AlertEvent[]) =>
  runs.flatMap(({ minute, tick }) => of(tick).map((event) => [minute, event.kind]));
const announced = (runs: readonly Run[]) => pairs(runs, (tick) => tick.announcements);
const statesOf = (runs: readonly Run[], kind: 'condition' | 'no-data') =>
  runs.map(({ tick }) => tick.alerts.find((alert) => alert.kind === kind)?.state);

function activeSince(runs: readonly Run[]): number | null {
  const last = runs.at(-1)?.tick.alerts[0];
  return last?.state === 'firing' && last.since !== null ? last.since / MINUTE : null;
}

/** Announcements of fires at these minutes, one evaluation each. */
function grouped(fireAtMin: readonly number[], groupWaitMin: number): readonly Announcement[] {
  const fire = (minute: number, index: number): AlertEvent => ({
    at: minute * MINUTE,
    kind: 'fire',
    key: `rule-${index}/objective`,
    policy: policy({ name: `rule-${index}` }),
    objective: 'objective',
    delta: null,
    valueText: '5',
  });
  const fires = fireAtMin.map(fire);
  const ticks = [...new Set(fireAtMin)].sort((a, b) => a - b).map((minute) => minute * MINUTE);
  const last = (ticks.at(-1) ?? 0) + groupWaitMin * MINUTE + 1;
  let memory = NO_FIRE_YET;
  return [...ticks, last].flatMap((now) => {
    const step = announce(
      memory,
      fires.filter(({ at }) => at === now),
      now,
      groupWaitMin * MINUTE,
    );
    memory = step.memory;
    return step.announcements;
  });
}

export const alertAdapters: Adapters = {
  'alert/group': adapter((g: { fireAtMin: number[]; groupWaitMin: number }) => {
    const announcements = grouped(g.fireAtMin, g.groupWaitMin);
    const [first] = announcements;
    return {
      notificationCount: announcements.length,
      alertsInNotification: first?.events.length ?? 0,
      textPrefix: first?.text.split(' (')[0],
    };
  }),
  'alert/flap': adapter((g: { rule: Rule; series: Series }) => {
    const runs = run([g.rule], g.series);
    const memory = runs.at(-1)?.tick.memories['rule/objective'];
    return { notifications: announced(runs), muted: memory?.flap?.muted ?? false };
  }),
  'alert/states': adapter((g: { rule: Rule; series: Series }) => {
    const runs = run([g.rule], g.series);
    return { states: statesOf(runs, 'condition'), notifications: announced(runs) };
  }),
  'alert/no-data': adapter((g: { rule: Rule; series: Series }) => {
    const runs = run([g.rule], g.series);
    return { noDataStates: statesOf(runs, 'no-data'), notifications: announced(runs) };
  }),
  'alert/reload': adapter((g: { rule: Rule; series: Series; reloadAt: number[] }) => {
    const runs = run([g.rule], g.series, { reloadAt: g.reloadAt });
    return { notifications: announced(runs), activeSince: activeSince(runs) };
  }),
  'alert/restart': adapter((g: { rule: Rule; series: Series; persisted: NonNullable<RunOptions['persisted']> }) => {
    const runs = run([g.rule], g.series, { persisted: g.persisted });
    const since = activeSince(runs);
    const log = pairs(runs, (tick) => tick.log.filter((event) => event.kind === 'resolved-while-closed'));
    return {
      states: statesOf(runs, 'condition'),
      notifications: announced(runs),
      activeSince: since,
      firingForMinutes: since === null ? null : (runs.at(-1)?.minute ?? 0) - since,
      log,
    };
  }),
  'alert/snooze': adapter((g: { rule: Rule; series: Series; snooze: [number, number] }) => ({
    notifications: announced(run([g.rule], g.series, { snooze: g.snooze })),
  })),
  'alert/inhibit': adapter((g: { rules: Rule[]; series: Series }) => {
    const runs = run(g.rules, g.series);
    return {
      notifications: runs.flatMap(({ minute, tick }) =>
        tick.announcements.map((event) => [minute, event.kind, event.policy.name]),
      ),
      shownSeverity: runs.map(
        ({ tick }) =>
          tick.alerts.find((alert) => alert.state === 'firing' && alert.inhibitedBy === null)?.policy.severity ?? null,
      ),
    };
  }),
  'alert/edge': adapter((g: { rule: Rule; series: Series }) => {
    const runs = run([g.rule], g.series);
    return {
      events: runs.flatMap(({ minute, tick }) =>
        tick.log.filter((event) => event.kind === 'edge').map((event) => [minute, event.delta]),
      ),
      notifications: announced(runs),
    };
  }),
};
