/**
 * Memories of alerts, and the messages about them that are on their way, as text of one file, so that both are remembered
 * together; and back: what is no memory is left out, and never taken for one that was told.
 */
import type { AlertMemories } from './evaluateAlerts';
import type { FlapMemory } from './flapping';
import { type Outbox, readOutbox } from './outbox';
import { type AlertMemory, INACTIVE } from './stateMachine';

export interface RememberedAlerts {
  readonly memories: AlertMemories;
  readonly outbox: Outbox;
}

/** JSON with a line end. */
export function alertText({ memories, outbox }: RememberedAlerts): string {
  return `${JSON.stringify({ schemaVersion: 1, memories, ...(outbox.length === 0 ? {} : { outbox }) })}\n`;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function instant(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function flapOf(value: unknown): FlapMemory | null {
  if (!isMap(value) || !Array.isArray(value.transitions)) return null;
  const transitions = value.transitions.flatMap((at) => instant(at) ?? []);
  return { transitions, muted: value.muted === true && transitions.length > 0 };
}

function memoryOf(value: unknown): AlertMemory | null {
  if (!isMap(value)) return null;
  const { state, condition } = value;
  if (state !== 'inactive' && state !== 'pending' && state !== 'firing') return null;
  const since = instant(value.since);
  // Without its begin a state says nothing.
  if (state !== 'inactive' && since === null) return null;
  const lastSample = instant(value.lastSample);
  const flap = flapOf(value.flap);
  return {
    ...INACTIVE,
    state,
    since: state === 'inactive' ? null : since,
    lastTrue: instant(value.lastTrue),
    notifiedAt: instant(value.notifiedAt),
    ...(typeof condition === 'string' ? { condition } : {}),
    ...(lastSample === null ? {} : { lastSample }),
    ...(flap ? { flap } : {}),
  };
}

/** What a text remembers; null when it is no such text. */
export function readAlertText(text: string): RememberedAlerts | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (!isMap(value) || value.schemaVersion !== 1 || !isMap(value.memories)) return null;
  const memories = Object.fromEntries(
    Object.entries(value.memories).flatMap(([key, one]) => {
      const memory = memoryOf(one);
      return memory ? [[key, memory] as const] : [];
    }),
  );
  return { memories, outbox: readOutbox(value.outbox) };
}
