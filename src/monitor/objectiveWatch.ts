/**
 * The objectives of a workspace, watched: evaluated on what was read, with their history, their alerts and what is sent of them.
 * What is to be said is remembered before it is said, and one window speaks.
 */
import { type AlertAct, actOn, withoutEnded } from '../slo/alerts/handling';
import { type Incident, stepIncidents } from '../slo/alerts/incidents';
import { messageOf, testMessage } from '../slo/alerts/outbox';
import type { AlertPolicyDefinition, Definition, ObjectiveDefinition } from '../slo/definition/model';
import { type DefinitionEvaluation, evaluateDefinition } from '../slo/evaluateDefinition';
import type { IndicatorInput, SourceReading } from '../slo/indicatorInput';
import { type Preview, previewObjective } from '../slo/preview/preview';
import type { ActivityLog } from './activityLog';
import { Alerting } from './alerting';
import { AlertOutputs } from './alertOutputs';
import type { OutputSetting } from './outputSettings';
import type { Clock, FileSystem, MessageSender } from './ports';
import type { WorkspaceSources } from './readSources';
import { type HistorySettings, SessionHistory } from './sessionHistory';

export interface WatchPorts {
  readonly fs: FileSystem;
  readonly clock: Clock;
  /** Hands alerts to the outputs of the settings; without it there are none. */
  readonly sender?: MessageSender;
  /** The report has changed beside the calls of this object: an output took an alert, or did not. */
  readonly changed?: () => void;
}

/** What objectives are judged by. */
export interface Judged {
  readonly definition: Definition;
  /** The definition of the workspace has errors, and there is no good one from before. */
  readonly isInvalid: boolean;
  readonly sources: WorkspaceSources | null;
  /** Names of the roots, for what is sent. */
  readonly workspace: string;
}

const invalidDefinition: SourceReading = {
  kind: 'error',
  reason: 'the definition of the workspace has errors',
  since: 0,
  lastGood: null,
};

export class ObjectiveWatch {
  readonly alerting: Alerting;
  private readonly session: SessionHistory;
  private readonly outputs: AlertOutputs | null;
  private last: DefinitionEvaluation | null = null;
  private isFirstTick = true;

  constructor(
    private readonly ports: WatchPorts,
    history: HistorySettings | null,
    activity: ActivityLog,
  ) {
    const { fs, clock, sender } = ports;
    this.alerting = new Alerting(clock.now(), activity);
    this.session = new SessionHistory(fs, clock, history);
    this.outputs = sender ? new AlertOutputs({ fs, clock, sender }, () => this.outputsChanged()) : null;
  }

  /** @param folder that programs run in */
  configureOutputs(outputs: readonly OutputSetting[], folder: string | null): void {
    this.outputs?.configure(outputs, folder);
  }

  get outputStates(): AlertOutputs['states'] {
    return this.outputs?.states ?? [];
  }

  get historyProblems(): SessionHistory['problems'] {
    return this.session.problems;
  }

  get incidents(): readonly Incident[] {
    return this.session.incidents;
  }

  /** The verdicts of the last evaluation; before the first one, those of a workspace of which nothing is known. */
  evaluation(definition: Definition): DefinitionEvaluation {
    this.last ??= evaluateDefinition(definition, { now: this.ports.clock.now(), read: () => undefined });
    return this.last;
  }

  /** Evaluates what was read last, at this moment. What is to be said of it is remembered before it is said. */
  async evaluate(judged: Judged): Promise<void> {
    const { alerting, session } = this;
    await session.open();
    const { speaks, took } = await session.speaker();
    if (took) {
      alerting.takeOver(took.memories);
      if (speaks) this.outputs?.takeOver(took.outbox);
    }
    const said = await session.handlings();
    alerting.handlings = said;
    const now = this.ports.clock.now();
    const keepsIncidents = session.keepsIncidents(speaks);
    const watchedFrom = session.look(now);
    this.last = this.evaluated(judged, now, watchedFrom);
    const firstAfterStart = speaks && took !== null && this.isFirstTick;
    const events = alerting.step(
      judged.definition,
      this.last,
      { now, watchedFrom, speaks, firstAfterStart },
      (objective, from) => session.values(objective, from),
    );
    this.isFirstTick = false;
    if (speaks && Object.keys(said).length > 0) await this.forgetEnded(now);
    if (speaks) this.outputs?.add(events.flatMap((event) => messageOf(event, judged.workspace) ?? []));
    await this.rememberAlerts();
    if (keepsIncidents)
      await session.rememberIncidents(stepIncidents(session.incidents, alerting.statuses, now, watchedFrom === now));
    else await session.readIncidents();
    await session.flush(now);
    this.outputs?.send(speaks);
    if (speaks) alerting.tell(events, now);
  }

  private evaluated(
    { definition, isInvalid, sources }: Judged,
    now: number,
    watchedFrom: number,
  ): DefinitionEvaluation {
    return evaluateDefinition(definition, {
      now,
      watchedFrom,
      // Verdicts under another definition than the workspace's own would mislead.
      ...(isInvalid
        ? { read: () => invalidDefinition }
        : {
            read: (name: string) => sources?.readings.get(name),
            past: (objective: ObjectiveDefinition, input: IndicatorInput) => this.session.past(objective, input, now),
            proxy: (objective: ObjectiveDefinition) => sources?.proxyOf(objective) ?? null,
          }),
    });
  }

  /** What an edited objective would say, with what is read and recorded now. Changes nothing. */
  preview(
    edited: ObjectiveDefinition,
    policies: readonly AlertPolicyDefinition[],
    definition: Definition,
    sources: WorkspaceSources,
  ): Preview | null {
    const evaluations = (this.last?.objectives ?? []).flatMap((one) => [
      one,
      ...(one.parts ?? []).map((part) => part.evaluation),
    ]);
    return previewObjective({
      edited,
      inForce: definition.objectives.find(({ name }) => name === edited.name) ?? null,
      policies,
      slices: (objective) => this.session.slices(objective),
      read: (name) => sources.readings.get(name),
      past: ({ name }) => evaluations.find(({ objective }) => objective.name === name)?.past ?? null,
      proxy: sources.proxyOf(edited) ?? null,
      now: this.ports.clock.now(),
      watchedFrom: this.session.watched,
    });
  }

  /** A snooze and an acknowledgement end by themselves: those that did are not remembered. */
  private async forgetEnded(now: number): Promise<void> {
    const { alerting, session } = this;
    alerting.handlings = await session.changeHandlings((before) =>
      withoutEnded(before, (key) => alerting.wasFiring(key), now),
    );
  }

  private rememberAlerts(): Promise<void> {
    return this.session.rememberAlerts({ memories: this.alerting.memories, outbox: this.outputs?.waiting ?? [] });
  }

  /** What was sent must not be sent by who speaks next. */
  private outputsChanged(): void {
    void this.rememberAlerts().then(() => this.ports.changed?.());
  }

  /** Remembers what somebody says of alerts; the next evaluation goes by it. */
  async handle(keys: readonly string[], act: AlertAct): Promise<void> {
    const { alerting, session } = this;
    await session.open();
    const now = this.ports.clock.now();
    await session.changeHandlings((before) => actOn(before, keys, act, (key) => alerting.isFiring(key), now));
    alerting.recordAct(keys, act, now);
  }

  /** Sends a test to every output that is configured. */
  testOutputs(workspace: string): void {
    this.outputs?.add([testMessage(this.ports.clock.now(), workspace)]);
    // Who asks for a test in this window means this window.
    this.outputs?.send(true);
  }

  /** When there will be another look without any event, so that a slow rhythm is not taken for sleep. */
  expectLook(at: number): void {
    this.session.expectLook(at);
  }

  /** The history as one text; what could not be read of it, in words. */
  exportHistory(): Promise<{ readonly text: string; readonly problems: readonly string[] }> {
    return this.session.exported(this.ports.clock.now());
  }

  /** Joins an exported history with that of this workspace; the next evaluation goes by it. */
  async importHistory(text: string): Promise<{ readonly ok: boolean; readonly message: string }> {
    const done = await this.session.imported(text, this.ports.clock.now());
    if (done.ok) this.alerting.forgetValues();
    return done;
  }

  /** Ends the session: what was seen last is written. */
  async close(): Promise<void> {
    this.outputs?.dispose();
    await this.session.close();
  }
}
