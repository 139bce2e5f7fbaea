/** Drafts the post-mortem of an incident, or of several that overlap, as a Markdown document to be edited. */
import { window, workspace } from 'vscode';
import { beganMeanwhile, type IncidentName, spanOf } from '../page/overlap';
import { type Clockface, clockface, spanText } from '../page/words';
import type { PostMortemParams, PostMortemResult } from '../protocol/messages';
import type { IncidentReport } from '../report/historyReport';
import { showFailure, showHint, stopped } from './notify';
import type { ReportStore } from './reportStore';
import type { Server } from './server';
import { visible } from './words';

export interface PostMortemParts {
  readonly store: ReportStore;
  readonly server: Server;
}

/** So many incidents are offered, the newest. */
const MAX_OFFERED = 100;

/** The incident that the panel names, or the newest of an alert that a view or a key binding names; null when nothing is named. */
function named(what: unknown, incidents: readonly IncidentReport[]): readonly IncidentReport[] | null {
  if (typeof what === 'string') return incidents.filter(({ key }) => key === what).slice(0, 1);
  if (typeof what !== 'object' || what === null) return null;
  if ('key' in what && 'begin' in what)
    return incidents.filter(({ key, begin }) => key === what.key && begin === what.begin);
  if ('alertKey' in what) return named(String(what.alertKey), incidents);
  return 'argument' in what && typeof what.argument === 'string' ? named(what.argument, incidents) : null;
}

function when({ begin, end }: IncidentReport, now: number, clock: Clockface): string {
  const { from, to } = spanOf({ begin, end }, now);
  return `${clock.full(from)}, ${spanText(to - from)}${end === null ? ' so far, still firing' : ''}`;
}

/** The incidents to tell of: those that are named, the only one there is, or the user's choice; null when there is none. */
async function chosen(what: unknown, store: ReportStore): Promise<readonly IncidentName[] | null> {
  const incidents = store.report?.incidents ?? [];
  const given = named(what, incidents);
  if (given) return given;
  if (incidents.length < 2) return incidents;
  const now = Date.now();
  const clock = clockface();
  const items = [...incidents]
    .sort((a, b) => Date.parse(b.begin) - Date.parse(a.begin))
    .slice(0, MAX_OFFERED)
    .map((incident) => ({
      label: visible(`${incident.level} ${incident.displayName}`),
      description: when(incident, now, clock),
      detail: visible(`${incident.objective}: ${incident.valueText}`),
      incident,
    }));
  const choice = await window.showQuickPick(items, {
    title: 'Draft the post-mortem of an incident',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return choice ? withOthers(choice.incident, beganMeanwhile(incidents, choice.incident, now)) : null;
}

/** Asks whether others are told together with it, if there are any; null when the user thinks better of it. */
async function withOthers(
  incident: IncidentReport,
  others: readonly IncidentReport[],
): Promise<readonly IncidentName[] | null> {
  if (others.length === 0) return [incident];
  const names = others.map(({ level, displayName }) => `${level} ${displayName}`);
  const items = [
    { label: 'This incident', detail: 'Other alerts of that time stand in its timeline', incidents: [incident] },
    {
      label: `Together with ${others.length === 1 ? 'the alert' : `the ${others.length} alerts`} that began meanwhile`,
      detail: visible(names.join(', ')),
      incidents: [incident, ...others],
    },
  ];
  const choice = await window.showQuickPick(items, {
    title: visible(`Draft the post-mortem of ${incident.displayName}`),
  });
  return choice?.incidents ?? null;
}

/** @param what a name of an incident or of an alert; else the user is asked */
export async function draftPostMortem(what: unknown, { store, server }: PostMortemParts): Promise<void> {
  const incidents = await chosen(what, store);
  if (incidents === null) return;
  if (incidents.length === 0) {
    showHint('There is no incident to tell of: no alert has fired, as far as the history of this workspace knows.');
    return;
  }
  const params: PostMortemParams = { incidents: incidents.map(({ key, begin }) => ({ key, begin })) };
  const result = await server.request<PostMortemResult>('sloLens/postMortem', params);
  if (result === undefined) void showFailure(stopped);
  else if (result === null) showHint('The incident is not known any more.');
  else
    await window.showTextDocument(
      await workspace.openTextDocument({ language: 'markdown', content: result.markdown }),
      // A draft is to be written in: the next one does not take its place.
      { preview: false },
    );
}
