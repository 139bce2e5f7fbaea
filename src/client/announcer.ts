/** Which announcements of the server a window shows. No editor API, so that it is tested in plain Node. */
import type { AnnouncementReport, WorkspaceReport } from '../report/report';

export interface Loudness {
  /** The user wants notifications at all. */
  readonly notify: boolean;
  /** Not now: something is debugged or presented. What fires meanwhile is told afterwards, if it still fires. */
  readonly quiet: boolean;
}

function isOver({ kind }: AnnouncementReport): boolean {
  return kind === 'resolve' || kind === 'resolve-no-data';
}

/**
 * Each announcement once. Grouping, flap damping and memory of incidents are the engine's; what is left to decide here is how
 * loud: P1 as it comes, P2 once per alert until the window closes, P3 never, and the end of an alert only where its beginning
 * was shown.
 */
export class Announcer {
  private readonly seen = new Set<string>();
  /** Alerts whose fire was shown in this window. */
  private readonly shown = new Set<string>();
  private held: readonly AnnouncementReport[] = [];

  /** What of a report is to be shown now, the oldest first. */
  update(report: WorkspaceReport, { notify, quiet }: Loudness): readonly AnnouncementReport[] {
    const fresh = report.announcements.filter(({ id }) => !this.seen.has(id)).reverse();
    for (const { id } of fresh) this.seen.add(id);
    const current = new Set(report.announcements.map(({ id }) => id));
    for (const id of this.seen) if (!current.has(id)) this.seen.delete(id);
    // Alerts that nobody asked for are for the views alone.
    if (!notify || !report.definition.isApt) {
      this.held = [];
      return [];
    }
    if (quiet) {
      this.held = [...this.held, ...fresh.filter((one) => !isOver(one) && one.level !== 'P3')];
      return [];
    }
    const released = this.release(report);
    return [...released, ...fresh].filter((one) => this.isToShow(one));
  }

  /** Of what was held back, what still fires and was not snoozed meanwhile: one announcement. */
  private release(report: WorkspaceReport): readonly AnnouncementReport[] {
    const loud = new Set(
      report.alerts.filter(({ state, snooze }) => state === 'firing' && snooze === null).map(({ key }) => key),
    );
    const still = this.held.filter(({ alerts }) => alerts.some((key) => loud.has(key)));
    this.held = [];
    const alerts = [...new Set(still.flatMap((one) => one.alerts.filter((key) => loud.has(key))))];
    const last = still.at(-1);
    if (!last) return [];
    if (alerts.length === 1) return [last];
    const level = still.some((one) => one.level === 'P1') ? 'P1' : 'P2';
    const names = report.alerts.filter(({ key }) => alerts.includes(key)).map(({ displayName }) => displayName);
    const text = `${alerts.length} SLO alerts firing (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''})`;
    return [{ ...last, level, text, alerts }];
  }

  private isToShow(announcement: AnnouncementReport): boolean {
    const { kind, level, alerts } = announcement;
    if (level === 'P3') return false;
    const known = alerts.every((key) => this.shown.has(key));
    if (isOver(announcement)) return level === 'P1' && known;
    if (kind === 'flapping') return true;
    for (const key of alerts) this.shown.add(key);
    return level === 'P1' || !known;
  }
}
