/** The panel "SLO Diagnostics": one webview, one typed channel, restored after a reload. */
import {
  commands,
  type Disposable,
  type ExtensionContext,
  Uri,
  ViewColumn,
  type Webview,
  type WebviewPanel,
  window,
} from 'vscode';
import type { AlertCommand, FromDashboard, ToDashboard } from '../protocol/messages';
import type { AgentReport, Place, WorkspaceReport } from '../report/report';
import type { ReportStore } from './reportStore';
import { openRunbook } from './runbooks';

const viewType = 'sloLens.dashboard';
const title = 'SLO Diagnostics';

/** What the panel may do with an alert. */
const alertCommands: readonly AlertCommand[] = [
  'snoozeAlert',
  'unsnoozeAlert',
  'acknowledgeAlert',
  'unacknowledgeAlert',
  'openAlertCause',
  'openAlertRunbook',
];

export class Dashboard implements Disposable {
  private panel: WebviewPanel | null = null;
  private parts: Disposable[] = [];
  /** The objective to show once the page is there. */
  private wanted: string | null = null;
  private readonly serializer: Disposable;

  constructor(
    private readonly context: ExtensionContext,
    private readonly store: ReportStore,
  ) {
    this.serializer = window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel) => this.adopt(panel),
    });
  }

  open(): void {
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    this.adopt(
      window.createWebviewPanel(viewType, title, ViewColumn.Active, {
        enableScripts: true,
        localResourceRoots: this.resourceRoots(),
      }),
    );
  }

  /** Opens the panel at the details of an objective. */
  show(objective: string): void {
    const isShown = this.panel?.visible === true;
    this.wanted = objective;
    this.open();
    // A page that is loaded anew asks when it is ready.
    if (isShown) this.reveal();
  }

  private reveal(): void {
    if (!this.panel || this.wanted === null) return;
    const message: ToDashboard = { type: 'reveal', objective: this.wanted };
    this.wanted = null;
    void this.panel.webview.postMessage(message);
  }

  private resourceRoots(): Uri[] {
    return [Uri.joinPath(this.context.extensionUri, 'dist'), Uri.joinPath(this.context.extensionUri, 'media')];
  }

  private adopt(panel: WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    panel.iconPath = Uri.joinPath(this.context.extensionUri, 'media', 'icon.png');
    panel.webview.options = { enableScripts: true, localResourceRoots: this.resourceRoots() };
    this.parts = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      this.store.onDidChange(() => this.post()),
      panel.onDidChangeViewState(() => this.post()),
      panel.onDidDispose(() => {
        for (const part of this.parts) part.dispose();
        this.parts = [];
        this.panel = null;
      }),
    ];
    panel.webview.html = html(panel.webview, this.context.extensionUri);
  }

  private post(): void {
    const { report } = this.store;
    if (!this.panel?.visible || !report) return;
    const message: ToDashboard = { type: 'report', report: forPanel(report), now: new Date().toISOString() };
    void this.panel.webview.postMessage(message);
  }

  /** What a webview sends is checked: it may be anything. */
  private receive(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('type' in message)) return;
    const given = message as Partial<Record<string, unknown>>;
    const place = placeOf(given);
    switch (given.type as FromDashboard['type']) {
      case 'ready':
        this.post();
        this.reveal();
        break;
      case 'open':
        if (place) void commands.executeCommand('sloLens.openPlace', place);
        break;
      case 'fix':
        if (place && typeof given.title === 'string')
          void commands.executeCommand('sloLens.applyFix', { ...place, title: given.title });
        break;
      case 'quickFixes':
        if (place) void commands.executeCommand('sloLens.applyFix', { ...place, title: null });
        break;
      case 'explain':
        if (typeof given.kind === 'string') void commands.executeCommand('sloLens.explainFinding', given.kind);
        break;
      case 'firstCrossing':
        if (typeof given.objective === 'string')
          void commands.executeCommand('sloLens.findFirstCrossing', given.objective);
        break;
      case 'runbook':
        if (typeof given.path === 'string') void openRunbook(given.path);
        break;
      case 'alert':
        if (typeof given.key === 'string' && alertCommands.some((name) => name === given.act))
          void commands.executeCommand(`sloLens.${String(given.act)}`, given.key);
        break;
      case 'command':
        if (
          given.command === 'refreshSnapshots' ||
          given.command === 'exportReport' ||
          given.command === 'analyzeWorkspace'
        )
          void commands.executeCommand(`sloLens.${given.command}`);
    }
  }

  dispose(): void {
    this.serializer.dispose();
    this.panel?.dispose();
  }
}

/** A place as `openPlace` takes it; null when a message has none. */
function placeOf({ uri, line, column }: Partial<Record<string, unknown>>): Place | null {
  return typeof uri === 'string' && typeof line === 'number' && typeof column === 'number'
    ? { uri, path: '', line, column }
    : null;
}

/** The panel lists so many agents of a fleet; the counts are of all. */
const listedAgents = 500;

/** Of a large fleet first those that need a look: the panel draws a row for each. */
function forPanel(report: WorkspaceReport): WorkspaceReport {
  const { agents } = report.agents;
  if (agents.length <= listedAgents) return report;
  const rank = (agent: AgentReport): number => (agent.active ? 1 : 0);
  const listed = [...agents].sort((a, b) => rank(a) - rank(b)).slice(0, listedAgents);
  return { ...report, agents: { ...report.agents, agents: listed } };
}

function html(webview: Webview, extension: Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const script = webview.asWebviewUri(Uri.joinPath(extension, 'dist', 'dashboard.js'));
  const style = webview.asWebviewUri(Uri.joinPath(extension, 'media', 'dashboard.css'));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; img-src ${webview.cspSource}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style.toString()}">
<title>${title}</title>
</head>
<body>
<main id="root"><p role="status">Reading the workspace…</p></main>
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}
