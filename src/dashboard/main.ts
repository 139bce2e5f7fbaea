/** The panel's page: a function of the report that the client sends and of what the reader has chosen. */

import { anchor } from '../page/compliance';
import type { PageAction } from '../page/context';
import { page } from '../page/page';
import { clockface } from '../page/words';
import type { FromDashboard } from '../protocol/messages';
import { patchChildren } from './dom';
import { act, choose, isReport, isReveal, type Kept, readKept, reveal } from './view';

interface WebviewApi {
  readonly postMessage: (message: FromDashboard) => void;
  readonly getState: () => unknown;
  readonly setState: (state: Kept) => void;
}
declare function acquireVsCodeApi(): WebviewApi;

const api = acquireVsCodeApi();
const root = document.getElementById('root');
const clock = clockface();
let kept = readKept(api.getState());

function render(): void {
  const { message, view } = kept;
  if (!root || message?.type !== 'report') return;
  const context = { report: message.report, now: Date.parse(message.now), view, clock, interactive: true };
  patchChildren(root, page(context), document);
}

function update(next: Kept): void {
  kept = next;
  api.setState(kept);
  render();
}

document.addEventListener('click', ({ target }) => {
  const text = target instanceof Element ? target.closest('[data-action]')?.getAttribute('data-action') : null;
  if (!text) return;
  // Written by our own page, from nothing but the report.
  const { view, send } = act(kept.view, JSON.parse(text) as PageAction);
  if (send) api.postMessage(send);
  else update({ ...kept, view });
});

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  update({ ...kept, view: choose(kept.view, target.dataset.choice ?? '', target.value) });
});

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isReport(data)) update({ ...kept, message: data });
  if (!isReveal(data)) return;
  update({ ...kept, view: reveal(kept.view, data.objective) });
  const row = document.getElementById(`details-${anchor(data.objective)}`)?.previousElementSibling;
  row?.scrollIntoView({ block: 'start' });
  row?.querySelector('button')?.focus({ preventScroll: true });
});

render();
api.postMessage({ type: 'ready' });
