/** What happened in this session, the newest first: for the panel and for bug reports. */
import type { AlertEvent } from '../slo/alerts/evaluateAlerts';

export interface Activity {
  readonly at: number;
  readonly kind: string;
  readonly text: string;
}

const maxActivity = 200;
/** The same change, true again within this time, is the same change: evaluations are at most this far apart. */
const SAME_EDGE_MS = 60_000;
const eventWords: Readonly<Record<AlertEvent['kind'], string>> = {
  fire: 'fired',
  resolve: 'resolved',
  'fire-no-data': 'has no data',
  'resolve-no-data': 'has data again',
  'resolved-while-closed': 'resolved while the window was closed',
  flapping: 'keeps firing and resolving; it stays silent until it has been stable',
  edge: 'changed',
};

export class ActivityLog {
  private activity: readonly Activity[] = [];
  /** The last change of each policy and objective that was true. */
  private readonly edges = new Map<string, { readonly text: string; readonly at: number }>();

  get entries(): readonly Activity[] {
    return this.activity;
  }

  /** @param at ms since the epoch */
  record(at: number, kind: string, text: string): void {
    this.activity = [{ at, kind, text }, ...this.activity].slice(0, maxActivity);
  }

  recordAlerts(events: readonly AlertEvent[]): void {
    for (const event of events) {
      const { kind, policy, objective, valueText, delta } = event;
      const text = `${policy.severity} ${policy.displayName} ${eventWords[kind]} (${objective}: ${valueText}${delta === null ? '' : `, by ${delta}`})`;
      if (kind !== 'edge' || this.isNewEdge(event.key, text, event.at)) this.record(event.at, `alert-${kind}`, text);
    }
  }

  /** A change is true at every evaluation of the while that it is looked back on; it is told once. */
  private isNewEdge(key: string, text: string, at: number): boolean {
    const known = this.edges.get(key);
    this.edges.set(key, { text, at });
    return known?.text !== text || at - known.at >= SAME_EDGE_MS;
  }
}
