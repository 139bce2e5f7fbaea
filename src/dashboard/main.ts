/** The panel's page: a function of the report that the client sends. */
import type { FromDashboard, ToDashboard } from '../protocol/messages';
import type { AgentReport, ObjectiveReport, Place, ServiceReport, WorkspaceReport } from '../report/report';
import { el, stateChip, table } from './elements';

interface WebviewApi {
  readonly postMessage: (message: FromDashboard) => void;
  readonly getState: () => unknown;
  readonly setState: (state: ToDashboard) => void;
}
declare function acquireVsCodeApi(): WebviewApi;

const api = acquireVsCodeApi();
const root = document.getElementById('root');

function ago(instant: string | null, now: string): string {
  if (instant === null) return '–';
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(instant)) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

function link(text: string, place: Place | null): Node {
  if (!place) return document.createTextNode(text);
  const button = el('button', { class: 'link', type: 'button' }, text);
  button.addEventListener('click', () =>
    api.postMessage({ type: 'open', uri: place.uri, line: place.line, column: place.column }),
  );
  return button;
}

function action(text: string, command: Extract<FromDashboard, { type: 'command' }>['command']): HTMLElement {
  const button = el('button', { type: 'button' }, text);
  button.addEventListener('click', () => api.postMessage({ type: 'command', command }));
  return button;
}

/** Budget as a bar and in words; below zero the bar is full and the number says how far. */
function budget(objective: ObjectiveReport): Node {
  if (!objective.budget) return document.createTextNode('–');
  const { remaining, text } = objective.budget;
  const words = remaining === null ? text : `${text}, ${Math.floor(remaining * 1000) / 10}% left`;
  if (remaining === null) return document.createTextNode(words);
  const share = Math.min(1, Math.abs(remaining));
  const meter = el('progress', {
    max: '1',
    value: String(share),
    class: remaining < 0 ? 'overspent' : remaining < 0.25 ? 'low' : 'left',
    'aria-label': words,
  });
  return el('span', { class: 'budget' }, meter, ` ${words}`);
}

function evidence(objective: ObjectiveReport, now: string): HTMLElement {
  const details = el(
    'details',
    {},
    el('summary', {}, objective.evidence.observedAt === null ? 'why' : ago(objective.evidence.observedAt, now)),
  );
  details.append(
    el('p', {}, objective.stateReason),
    el('p', {}, `Source: ${objective.evidence.source}`),
    el('p', {}, `Counted: ${objective.evidence.method}`),
  );
  if (objective.wouldFeed) details.append(el('p', {}, `Would be fed by ${objective.wouldFeed}`));
  if (objective.assumed.length > 0) details.append(el('p', {}, `Assumed: ${objective.assumed.join(', ')}`));
  if (objective.seed) details.append(el('p', {}, `In the seed’s words: ${objective.seed}`));
  if (objective.causes.length > 0) {
    details.append(
      el(
        'ul',
        {},
        ...objective.causes
          .slice(0, 20)
          .map((cause) => el('li', {}, link(cause.label, cause.place), ` ${cause.detail}`)),
      ),
    );
    if (objective.causes.length > 20) details.append(el('p', {}, `… and ${objective.causes.length - 20} more`));
  }
  return details;
}

function compliance(services: readonly ServiceReport[], now: string): HTMLElement {
  const rows = services.flatMap((service) =>
    service.objectives.map((objective) => [
      objective.displayName,
      stateChip(objective.state),
      objective.state === 'no_data' && objective.proxy
        ? `no data; proxy: ${objective.proxy.valueText}`
        : `${objective.valueText}${objective.proxy?.used ? ' (proxy)' : ''}`,
      objective.targetText,
      budget(objective),
      evidence(objective, now),
    ]),
  );
  return table('Compliance', ['Objective', 'State', 'Value', 'Target', 'Budget', 'Age and evidence'], rows);
}

function serviceBudgets(services: readonly ServiceReport[]): HTMLElement {
  return table(
    'Services',
    ['Service', 'State', 'Declared budget', 'Carried by', 'Left'],
    services.map((service) => {
      const carrier = service.objectives.find((objective) => objective.name === service.budgetFrom);
      return [
        service.displayName,
        stateChip(service.state),
        service.declaredBudget ?? '–',
        carrier?.displayName ?? '–',
        carrier ? budget(carrier) : '–',
      ];
    }),
  );
}

function findings(report: WorkspaceReport, now: string): HTMLElement {
  const { code } = report;
  const families = ['listener', 'handle', 'cache'] as const;
  const number = (family: string, severity: string): string =>
    String(code.findings.filter((finding) => finding.family === family && finding.severity === severity).length);
  const section = el('section', {}, el('h2', {}, 'Leak findings'));
  if (code.state === 'not-scanned') section.append(el('p', {}, 'The code was not scanned yet.'));
  else if (code.files.analysed === 0)
    section.append(el('p', {}, 'There is no TypeScript or JavaScript to analyse: nothing can be said about leaks.'));
  else {
    section.append(
      el(
        'p',
        {},
        `${code.files.analysed.toLocaleString('en')} files, ${code.files.lines.toLocaleString('en')} lines, scanned ${ago(code.scannedAt, now)}${code.files.partial > 0 ? `, ${code.files.partial} only partly` : ''}${code.suppressed > 0 ? `, ${code.suppressed} findings suppressed` : ''}.`,
      ),
    );
    section.append(
      table(
        'Findings by family and severity',
        ['Family', 'HIGH', 'MEDIUM', 'LOW'],
        families.map((family) => [family, number(family, 'high'), number(family, 'medium'), number(family, 'low')]),
      ),
    );
    const worst = code.findings.filter((finding) => finding.severity !== 'low');
    if (worst.length > 0)
      section.append(
        table(
          'HIGH and MEDIUM findings',
          ['Where', 'Severity', 'What'],
          worst
            .slice(0, 200)
            .map((finding) => [
              link(`${finding.place.path}:${finding.place.line + 1}`, finding.place),
              finding.severity.toUpperCase(),
              finding.message,
            ]),
        ),
      );
  }
  if (code.state === 'failed') section.append(el('p', { class: 'fault' }, `The scan failed: ${code.error ?? ''}`));
  for (const { language, files } of code.otherLanguages)
    section.append(
      el('p', {}, `${files.toLocaleString('en')} ${language} ${files === 1 ? 'file is' : 'files are'} not analysed.`),
    );
  return section;
}

function agents(report: WorkspaceReport, now: string): HTMLElement {
  const { found, active, expected } = report.agents;
  const section = el('section', {}, el('h2', {}, 'Agents'));
  if (found === 0) {
    section.append(el('p', {}, 'No agents found.'));
    return section;
  }
  section.append(
    el(
      'p',
      {},
      `${active} of ${found} active${expected !== null && expected !== found ? `; ${expected} expected` : ''}. Folders alone count for nothing: a trusted sign of life must be fresh.${report.agents.agents.length < found ? ` The ${report.agents.agents.length} that need a look first are listed.` : ''}`,
    ),
  );
  const reading = (agent: AgentReport): string =>
    agent.reading === 'old'
      ? ' (last good reading, the file is unreadable now)'
      : agent.reading === 'unreadable'
        ? ' (unreadable)'
        : '';
  section.append(
    table(
      'Agents and why they count or not',
      ['Agent', 'Counts', 'Last seen', 'Declares', 'Mission', 'Why'],
      report.agents.agents.map((agent) => [
        link(agent.folder, agent.place),
        agent.active ? 'active' : 'not active',
        ago(agent.lastSeen, now),
        `${agent.declared}${reading(agent)}`,
        agent.mission ?? '–',
        agent.activeReason,
      ]),
    ),
  );
  return section;
}

function snapshots(report: WorkspaceReport, now: string): HTMLElement {
  const section = el('section', {}, el('h2', {}, 'Snapshots'));
  const { artefacts, currency, contextFiles } = report.snapshots;
  if (artefacts.length === 0) {
    section.append(el('p', {}, 'No snapshot files found.'));
    return section;
  }
  if (currency) {
    const share = (current: number, all: number): string => `${Math.floor((1000 * current) / all) / 10}%`;
    section.append(
      el(
        'p',
        {},
        `${share(currency.current, currency.sources)} of ${currency.sources.toLocaleString('en')} source files are as ${currency.cachePath} recorded them: ${currency.current} current, ${currency.changed} changed, ${currency.unscanned} never scanned, ${currency.gone} gone.`,
      ),
    );
    section.append(
      table(
        'Currency by file type',
        ['Type', 'Current', 'Files', 'Share'],
        currency.byExtension.map((one) => [
          one.extension,
          String(one.current),
          String(one.sources),
          share(one.current, one.sources),
        ]),
      ),
    );
  }
  if (contextFiles !== null) section.append(el('p', {}, `The project context describes ${contextFiles} files.`));
  section.append(
    table(
      'Snapshot files',
      ['File', 'Written', 'Size', 'Note'],
      artefacts.map((artefact) => [
        link(artefact.path, artefact.place),
        ago(artefact.modifiedAt, now),
        artefact.bytes === null ? '–' : `${Math.ceil(artefact.bytes / 1024).toLocaleString('en')} kB`,
        artefact.note,
      ]),
    ),
  );
  return section;
}

function queues(report: WorkspaceReport, now: string): HTMLElement | null {
  if (report.queues.length === 0) return null;
  return el(
    'section',
    {},
    el('h2', {}, 'Message queues'),
    table(
      'Message queues',
      ['File', 'Entries', 'By status', 'Newest', 'Note'],
      report.queues.map((queue) => [
        queue.path,
        String(queue.entries),
        Object.entries(queue.byStatus)
          .map(([status, number]) => `${status} ${number}`)
          .join(', '),
        ago(queue.newestAt, now),
        queue.note || '–',
      ]),
    ),
  );
}

function alerts(report: WorkspaceReport, now: string): HTMLElement {
  const section = el('section', {}, el('h2', {}, 'Alerts'));
  const current = report.alerts.filter((alert) => alert.state !== 'inactive');
  if (current.length === 0)
    section.append(el('p', {}, 'No alert is pending or firing. An objective without data fires none.'));
  else
    section.append(
      table(
        'Alerts',
        ['Alert', 'Level', 'State', 'Since', 'Value', 'Condition'],
        current.map((alert) => [
          alert.displayName,
          alert.level,
          alert.inhibitedBy ? `${alert.state}, silenced by ${alert.inhibitedBy}` : alert.state,
          ago(alert.since, now),
          alert.valueText,
          alert.condition,
        ]),
      ),
    );
  return section;
}

function refreshSection(report: WorkspaceReport, now: string): HTMLElement {
  const { refresh } = report;
  const section = el(
    'section',
    {},
    el('h2', {}, 'Refresh'),
    el(
      'p',
      refresh.state === 'failed' ? { class: 'fault' } : {},
      refresh.at === null ? refresh.message : `${refresh.message} (${ago(refresh.at, now)}).`,
    ),
  );
  for (const command of refresh.commands) {
    section.append(
      el(
        'details',
        command.outcome === 'failed' ? { open: '' } : {},
        el(
          'summary',
          {},
          `${command.command}: ${command.outcome}${command.exitCode === null ? '' : `, exit code ${command.exitCode}`}, ${(command.durationMs / 1000).toFixed(1)} s`,
        ),
        el('pre', { tabindex: '0' }, command.output || 'no output'),
      ),
    );
  }
  return section;
}

function problems(report: WorkspaceReport): HTMLElement | null {
  const shown = report.problems.filter(({ level }) => level !== 'hint');
  if (shown.length === 0) return null;
  return el(
    'section',
    {},
    el('h2', {}, 'Faults in the sources'),
    table(
      'Faults in the sources',
      ['Where', 'Level', 'What'],
      shown
        .slice(0, 200)
        .map((problem) => [
          link(
            problem.place ? `${problem.place.path}:${problem.place.line + 1}:${problem.place.column + 1}` : '–',
            problem.place,
          ),
          problem.level,
          problem.message,
        ]),
    ),
  );
}

function activity(report: WorkspaceReport, now: string): HTMLElement | null {
  if (report.activity.length === 0) return null;
  return el(
    'section',
    {},
    el('h2', {}, 'Activity'),
    el('ul', {}, ...report.activity.slice(0, 50).map((one) => el('li', {}, `${ago(one.at, now)}: ${one.text}`))),
  );
}

function render({ report, now }: ToDashboard): void {
  if (!root) return;
  const open = new Set(
    [...root.querySelectorAll('details[open] > summary')].map(
      (summary) => summary.parentElement?.closest('tr')?.querySelector('th')?.textContent ?? '',
    ),
  );
  const parts = [
    el(
      'header',
      {},
      el('h1', {}, 'SLO Diagnostics'),
      el('p', { class: 'headline' }, stateChip(report.headline.worst), ` ${report.headline.text}`),
      el('p', {}, `Services: ${report.serviceHeadline}. ${report.definition.message}.`),
      el(
        'div',
        { class: 'actions' },
        action('Refresh Snapshots', 'refreshSnapshots'),
        action('Analyze Workspace', 'analyzeWorkspace'),
        action('Export Report', 'exportReport'),
      ),
    ),
    el('section', {}, el('h2', {}, 'Objectives'), compliance(report.services, now), serviceBudgets(report.services)),
    alerts(report, now),
    findings(report, now),
    agents(report, now),
    snapshots(report, now),
    queues(report, now),
    refreshSection(report, now),
    problems(report),
    activity(report, now),
  ];
  const scroll = document.scrollingElement?.scrollTop ?? 0;
  root.replaceChildren(...parts.filter((part) => part !== null));
  for (const details of root.querySelectorAll('details'))
    if (open.has(details.closest('tr')?.querySelector('th')?.textContent ?? ' ')) details.open = true;
  if (document.scrollingElement) document.scrollingElement.scrollTop = scroll;
}

function isReport(value: unknown): value is ToDashboard {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'report' && 'report' in value;
}

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isReport(event.data)) return;
  api.setState(event.data);
  render(event.data);
});

const before = api.getState();
if (isReport(before)) render(before);
api.postMessage({ type: 'ready' });
