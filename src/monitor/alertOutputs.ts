/**
 * Hands announced alerts to the outputs that the user configured: in order, with a time limit, not more often than an output
 * can bear. What was not taken waits and is tried again; who speaks next takes over what waits.
 */
import { plain } from '../report/plainText';
import {
  type AlertMessage,
  enqueue,
  nextDue,
  nextDueAt,
  noteSend,
  type Outbox,
  type OutboxEntry,
  refused,
  type SendTimes,
  taken,
} from '../slo/alerts/outbox';
import type { OutputSetting } from './outputSettings';
import type { Clock, Delivery, FileSystem, MessageSender } from './ports';

export interface OutputState {
  readonly name: string;
  readonly type: OutputSetting['target']['type'];
  readonly waiting: number;
  /** When it last took a message; null: not in this session. */
  readonly sentAt: number | null;
  /** Why the last message was not taken, with a remedy; null when it was. */
  readonly failure: { readonly at: number; readonly message: string } | null;
  /** Messages that will not be tried again. */
  readonly lost: number;
}

export interface OutputPorts {
  readonly fs: FileSystem;
  readonly clock: Clock;
  readonly sender: MessageSender;
}

interface Known {
  sentAt: number | null;
  failure: OutputState['failure'];
  lost: number;
}

export class AlertOutputs {
  private outputs: readonly OutputSetting[] = [];
  private folder: string | null = null;
  private outbox: Outbox = [];
  private times: SendTimes = new Map();
  private readonly known = new Map<string, Known>();
  private readonly busy = new Set<string>();
  private timer: { readonly dispose: () => void } | null = null;
  private speaks = false;

  /** @param changed a message was taken, refused or given up: `waiting` is to be remembered, `states` to be shown */
  constructor(
    private readonly ports: OutputPorts,
    private readonly changed: () => void,
  ) {}

  /**
   * @param outputs none in an untrusted workspace
   * @param folder where programs run; null: where this process does
   */
  configure(outputs: readonly OutputSetting[], folder: string | null): void {
    this.outputs = outputs;
    this.folder = folder;
    for (const name of this.known.keys()) if (!outputs.some((output) => output.name === name)) this.known.delete(name);
  }

  /** What is on its way, to be remembered before it goes. */
  get waiting(): Outbox {
    return this.outbox;
  }

  get states(): readonly OutputState[] {
    return this.outputs.map(({ name, target }) => ({
      name,
      type: target.type,
      waiting: this.outbox.filter(({ output }) => output === name).length,
      ...this.of(name),
    }));
  }

  private of(name: string): Known {
    const known = this.known.get(name) ?? { sentAt: null, failure: null, lost: 0 };
    this.known.set(name, known);
    return known;
  }

  /** Takes over what another process, or an earlier session, has left. */
  takeOver(outbox: Outbox): void {
    this.outbox = outbox;
  }

  /** Adds messages; they go with the next `send`. */
  add(messages: readonly AlertMessage[]): void {
    if (this.outputs.length === 0 || messages.length === 0) return;
    const { outbox, dropped } = enqueue(this.outbox, messages, this.outputs, this.ports.clock.now());
    this.outbox = outbox;
    for (const entry of dropped) this.fail(entry, 'too many messages wait for it', true);
  }

  private fail({ output, message }: OutboxEntry, reason: string, isLost: boolean): void {
    const known = this.of(output);
    known.failure = {
      at: this.ports.clock.now(),
      message: `${reason}${isLost ? `. It will not be sent again: ${message.text}` : ''}`,
    };
    if (isLost) known.lost++;
  }

  /** Sends what may go now, if this process speaks, and goes on later with the rest. Returns at once. */
  send(speaks: boolean): void {
    this.speaks = speaks;
    this.timer?.dispose();
    this.timer = null;
    if (!speaks) {
      this.outbox = [];
      return;
    }
    // What was meant for an output that is configured no more goes nowhere.
    this.outbox = this.outbox.filter((entry) => this.outputs.some(({ name }) => name === entry.output));
    const now = this.ports.clock.now();
    for (;;) {
      const entry = nextDue(this.outbox, this.times, now, this.busy);
      const output = entry && this.outputs.find(({ name }) => name === entry.output);
      if (!entry || !output) break;
      this.busy.add(entry.output);
      this.times = noteSend(this.times, entry.output, now);
      void this.deliver(entry, output);
    }
    const free = this.outbox.filter(({ output }) => !this.busy.has(output));
    const at = nextDueAt(free, this.times, now);
    if (at !== null) this.timer = this.ports.clock.setTimeout(() => this.send(this.speaks), Math.max(0, at - now));
  }

  private async deliver(entry: OutboxEntry, output: OutputSetting): Promise<void> {
    const delivery = await this.hand(output, entry.message).catch(
      (error: unknown): Delivery => ({
        ok: false,
        isFinal: true,
        reason: error instanceof Error ? error.message : String(error),
      }),
    );
    this.busy.delete(entry.output);
    const now = this.ports.clock.now();
    if (delivery.ok) {
      this.outbox = taken(this.outbox, entry);
      const known = this.of(entry.output);
      known.sentAt = now;
      known.failure = null;
    } else {
      const { outbox, givenUp } = refused(this.outbox, entry, now, delivery.isFinal);
      this.outbox = outbox;
      this.fail(entry, delivery.reason, givenUp);
    }
    this.changed();
    if (this.speaks) this.send(true);
  }

  private async hand({ target, timeoutMs }: OutputSetting, message: AlertMessage): Promise<Delivery> {
    const text = JSON.stringify(message);
    switch (target.type) {
      case 'command': {
        const args = target.args.map((arg) => filled(arg, message));
        return this.ports.sender.toProgram(target.command, args, {
          input: `${text}\n`,
          cwd: this.folder,
          timeoutMs,
        });
      }
      case 'webhook':
        return this.ports.sender.toUrl(target.url, { body: text, headers: target.headers, timeoutMs });
      case 'file': {
        const written = await this.ports.fs.append(target.path, `${text}\n`, { durable: true });
        return written.ok
          ? { ok: true }
          : { ok: false, isFinal: false, reason: `${written.error.message}; name a file that can be written to` };
      }
    }
  }

  dispose(): void {
    this.speaks = false;
    this.timer?.dispose();
    this.timer = null;
  }
}

/** Puts text, level and kind where an argument asks for them. Each stays one argument: no shell reads it. */
function filled(arg: string, { text, level, kind }: AlertMessage): string {
  const words: Readonly<Record<string, string>> = { text: plain(text), level, kind };
  return arg.replace(/\{(text|level|kind)\}/g, (_, key: string) => words[key] ?? '');
}
