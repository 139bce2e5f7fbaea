/** What the sources hand to evaluation (readings of records), and what an indicator makes of them (inputs). Instants in ms since the epoch. */
import type { Scalar } from './definition/model';

export interface SourceRecord {
  /** Instant of the event or sample; null when the record has none that is valid. Ignored for entities. */
  readonly time: number | null;
  /** Later records with the same id replace earlier ones. */
  readonly id?: string;
  /** Process or component that the sample is of. */
  readonly series?: string;
  /** One part of a whole: samples of several series at one instant add up. */
  readonly additive?: boolean;
  /** Of a counter: the value is what it rose since the sample before, not what it stands at. */
  readonly delta?: boolean;
  /** Of a counter: when it started from 0. */
  readonly since?: number;
  readonly fields: Readonly<Record<string, Scalar>>;
}

/** Things that we counted ourselves at one moment: agents, findings, snapshots. No records is a true zero. */
export interface EntityReading {
  readonly kind: 'entities';
  readonly takenAt: number;
  readonly records: readonly SourceRecord[];
}

/** Records that carry their own instants: events, samples, health files. */
export interface LogReading {
  readonly kind: 'log';
  readonly records: readonly SourceRecord[];
}

/** One DataSource, as read. `none`: there is nothing to read, or too little to count. */
export type SourceReading =
  | EntityReading
  | LogReading
  | { readonly kind: 'none'; readonly reason: string }
  /** `since`: first failed attempt. `lastGood`: the reading before it, if this process has one. */
  | {
      readonly kind: 'error';
      readonly reason: string;
      readonly since: number;
      readonly lastGood: EntityReading | LogReading | null;
    };

export interface ValueSample {
  readonly time: number;
  readonly value: number;
}

export interface RatioSample {
  readonly time: number;
  readonly good: number;
  readonly total: number;
}

export interface EventSample {
  readonly time: number;
  readonly good: boolean;
  /** The numeric field that `good` compares, for percentiles. */
  readonly value: number | null;
  /** Events that this stands for, as the rise of a counter does; default 1. */
  readonly count?: number;
}

/** How many events a list stands for, all or those that pass. */
export function eventCount(events: readonly EventSample[], only: (event: EventSample) => boolean = () => true): number {
  return events.reduce((sum, event) => (only(event) ? sum + (event.count ?? 1) : sum), 0);
}

/** Input of one objective's evaluation. Samples and events are sorted by time and never empty unless said. */
export type IndicatorInput =
  | { readonly kind: 'samples'; readonly samples: readonly ValueSample[] }
  | { readonly kind: 'ratios'; readonly samples: readonly RatioSample[] }
  /** May be empty: the log was read and holds no eligible event. */
  | { readonly kind: 'events'; readonly events: readonly EventSample[] }
  | { readonly kind: 'none'; readonly reason: string }
  | {
      readonly kind: 'error';
      readonly reason: string;
      readonly since: number;
      readonly lastGood: Exclude<IndicatorInput, { kind: 'error' }> | null;
    };

/** A stand-in figure for an objective whose real source has no data. It can violate, never meet. */
export interface ProxyInput {
  /** "share done" */
  readonly label: string;
  readonly value: number;
  readonly observedAt: number;
  /** Older than this, the proxy says nothing. */
  readonly staleAfterMs: number;
  /** The figure in words: "270 of 308 (87.6%)", "7 unclosed sites". */
  readonly valueText: string;
}
