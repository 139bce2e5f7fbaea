/** The alerts of a workspace from one evaluation to the next: what each remembers, what people said of it, what it has to say. */
import { type Announcement, announce, type GroupMemory, groupDueAt, NO_FIRE_YET } from '../slo/alerts/announcements';
import { type AlertEvent, type AlertMemories, type AlertStatus, evaluateAlerts } from '../slo/alerts/evaluateAlerts';
import type { AlertAct, Handlings } from '../slo/alerts/handling';
import type { Definition, ObjectiveDefinition } from '../slo/definition/model';
import type { DefinitionEvaluation } from '../slo/evaluateDefinition';
import type { ValueSample } from '../slo/indicatorInput';
import type { ActivityLog } from './activityLog';

export type ToldAnnouncement = Announcement & { readonly id: string };

const maxAnnouncements = 50;
/** Values are looked back on this far. */
const valueSpanMs = 3 * 60 * 60_000;
const maxValues = 12_000;

export class Alerting {
  private alertMemories: AlertMemories = {};
  private last: readonly AlertStatus[] = [];
  private group: GroupMemory = NO_FIRE_YET;
  private count = 0;
  private told: readonly ToldAnnouncement[] = [];
  private readonly values = new Map<string, readonly ValueSample[]>();
  handlings: Handlings = {};

  /** @param startedAt of the session, ms since the epoch: announcements are named by it */
  constructor(
    private readonly startedAt: number,
    private readonly activity: ActivityLog,
  ) {}

  get memories(): AlertMemories {
    return this.alertMemories;
  }

  get statuses(): readonly AlertStatus[] {
    return this.last;
  }

  /** What the surfaces are to say, the newest first. */
  get announcements(): readonly ToldAnnouncement[] {
    return this.told;
  }

  /** What another session has remembered. */
  takeOver(memories: AlertMemories): void {
    this.alertMemories = memories;
  }

  /** The history has changed: values are looked up there again. */
  forgetValues(): void {
    this.values.clear();
  }

  /** null: it has never been judged. */
  wasFiring(key: string): boolean | null {
    return this.alertMemories[key] ? this.isFiring(key) : null;
  }

  isFiring(key: string): boolean {
    return this.alertMemories[key]?.state === 'firing';
  }

  /**
   * Steps every alert by the verdicts of now.
   * @param valuesSince of an objective, from the history
   * @returns what the alerts have to say
   */
  step(
    definition: Definition,
    { objectives }: DefinitionEvaluation,
    moment: {
      readonly now: number;
      readonly watchedFrom: number;
      readonly speaks: boolean;
      readonly firstAfterStart: boolean;
    },
    valuesSince: (objective: ObjectiveDefinition, from: number) => readonly ValueSample[],
  ): readonly AlertEvent[] {
    const { now, watchedFrom, speaks, firstAfterStart } = moment;
    for (const { objective, value, observedAt } of objectives) {
      const from = now - valueSpanMs;
      const before = this.values.get(objective.name) ?? valuesSince(objective, from);
      this.values.set(objective.name, observedAt === null ? before : withValue(before, now, value, from));
    }
    const tick = evaluateAlerts(definition, objectives, this.alertMemories, {
      now,
      watchedFrom,
      history: (objective) => this.values.get(objective) ?? [],
      firstAfterStart,
      handlings: this.handlings,
      // Another window speaks; should this one take over, it goes by what that one has remembered.
      silent: !speaks,
    });
    this.alertMemories = tick.memories;
    this.handlings = tick.handlings;
    this.last = tick.alerts;
    this.activity.recordAlerts(tick.log);
    return tick.announcements;
  }

  /** Groups what the alerts have to say into what is said. */
  tell(events: readonly AlertEvent[], now: number): void {
    const { memory, announcements } = announce(this.group, events, now);
    this.group = memory;
    const told = announcements.map((one) => ({ ...one, id: `${this.startedAt}-${++this.count}` }));
    this.told = [...told.reverse(), ...this.told].slice(0, maxAnnouncements);
  }

  /** Notes what somebody said of alerts. */
  recordAct(keys: readonly string[], act: AlertAct, now: number): void {
    for (const key of keys) {
      const title = this.last.find((alert) => alert.key === key)?.policy.displayName ?? key;
      this.activity.record(now, `alert-${act.kind}`, `${title} (${key.slice(key.indexOf('/') + 1)}) ${actWords(act)}`);
    }
  }

  /** When a group of alerts is complete, and when a snooze ends, ms since the epoch. */
  dueAt(): readonly (number | null)[] {
    return [groupDueAt(this.group), ...Object.values(this.handlings).map(({ snooze }) => snooze?.until ?? null)];
  }
}

/** A value that stands is said once a minute; the list is cut where it is too old. */
function withValue(
  before: readonly ValueSample[],
  now: number,
  value: number | null,
  from: number,
): readonly ValueSample[] {
  const last = before.at(-1);
  const isOld = (before[0]?.time ?? from) < from;
  if (value === null || (last?.value === value && now - last.time < 60_000))
    return isOld ? before.filter(({ time }) => time >= from) : before;
  return [...(isOld ? before.filter(({ time }) => time >= from) : before), { time: now, value }].slice(-maxValues);
}

function actWords(act: AlertAct): string {
  switch (act.kind) {
    case 'snooze':
      return act.until === 'change'
        ? 'is snoozed until it changes'
        : act.until === 'forever'
          ? 'is snoozed in this workspace'
          : `is snoozed until ${new Date(act.until).toISOString()}`;
    case 'unsnooze':
      return 'is snoozed no more';
    case 'acknowledge':
      return 'is acknowledged';
    case 'unacknowledge':
      return 'is acknowledged no more';
  }
}
