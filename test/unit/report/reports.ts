/** Reports for the tests of the exports: a small real shape with one of everything. */
import type { CodeReport, FindingReport, ObjectiveReport, Place, WorkspaceReport } from '../../../src/report/report';

export function place(path: string, line: number, column: number): Place {
  return { uri: `file:///w/${path}`, path, line, column };
}

const range = (line: number, column: number) => ({
  start: 10,
  end: 20,
  startLine: line,
  startColumn: column,
  endLine: line,
  endColumn: column + 10,
});

export function finding(overrides: Partial<FindingReport> = {}): FindingReport {
  return {
    kind: 'listener/interval',
    family: 'listener',
    mechanism: 'no-release-on-dispose',
    severity: 'high',
    confidence: 'high',
    message: 'This interval is never cleared.',
    advice: 'Keep it and clear it.',
    range: range(4, 2),
    trail: [
      { role: 'acquired', message: 'Acquired here', range: range(4, 2) },
      { role: 'forgotten', message: 'Not cleared here', range: range(9, 0), file: 'src/base.ts' },
    ],
    fixes: [],
    fingerprint: '0123456789abcdef',
    place: place('src/a.ts', 4, 2),
    ...overrides,
  };
}

export function code(overrides: Partial<CodeReport> = {}): CodeReport {
  const findings = overrides.findings ?? [];
  const counts = { high: 0, medium: 0, low: 0 };
  for (const one of findings) counts[one.severity]++;
  return {
    state: 'complete',
    error: null,
    scannedAt: '2025-10-06T20:30:00.000Z',
    durationMs: 1250,
    files: { analysed: 3, partial: 0, lines: 1200, skipped: {}, skippedFolders: {} },
    otherLanguages: [],
    counts,
    suppressed: 0,
    suppressedFindings: [],
    findings,
    partialFiles: [],
    suppressionProblems: [],
    minConfidence: 'medium',
    ...overrides,
  };
}

export function objective(overrides: Partial<ObjectiveReport> = {}): ObjectiveReport {
  return {
    name: 'agents',
    displayName: 'Agents: active count',
    service: 'agents',
    description: 'Agents that are active.',
    state: 'violating',
    stateReason: '2 agents; target: >= 8 agents active',
    value: 2,
    valueText: '2 agents',
    targetText: '>= 8 agents active',
    windowText: 'judged by its current value; beside it is kept: 99% of slices of 1 min good, over a rolling 30d',
    unit: 'agents',
    proxy: null,
    budget: null,
    watched: null,
    history: null,
    trend: null,
    evidence: {
      source: 'Agent status files',
      observedAt: '2025-10-06T20:25:00.000Z',
      method: 'fresh and not declared off',
      places: [],
    },
    causes: [
      {
        kind: 'agent',
        label: 'Agent-1',
        detail: 'silent',
        agentId: 'agent-1',
        place: place('agent_workspaces/Agent-1/status.json', 2, 4),
      },
    ],
    wouldFeed: null,
    seed: null,
    assumed: [],
    runbook: null,
    ...overrides,
  };
}

export function workspace(
  objectives: readonly ObjectiveReport[],
  overrides: Partial<WorkspaceReport> = {},
): WorkspaceReport {
  return {
    schemaVersion: 1,
    generatedAt: '2025-10-06T20:30:00.000Z',
    roots: [{ name: 'w', uri: 'file:///w' }],
    trusted: true,
    definition: { source: 'built-in', places: [], state: 'ok', message: 'Built-in definition', isApt: true },
    headline: {
      text: '0% of measured (0/1) · 1 of 2 no data',
      worst: 'violating',
      met: 0,
      measured: 1,
      unknown: 1,
      defined: 2,
      noData: 1,
      stale: 0,
      error: 0,
    },
    serviceHeadline: '0% of measured (0/1)',
    services: [
      {
        name: 'agents',
        displayName: 'Agent System',
        description: '',
        state: 'violating',
        declaredBudget: '10%',
        budgetFrom: null,
        objectives,
      },
    ],
    announcements: [],
    incidents: [],
    outputs: [],
    alerts: [
      {
        key: 'few/agents',
        policy: 'few',
        displayName: 'Fewer than 6 agents active',
        objective: 'agents',
        level: 'P1',
        state: 'firing',
        since: null,
        inhibitedBy: null,
        snooze: null,
        acknowledgedAt: null,
        condition: 'value < 6',
        meaning: null,
        valueText: '2 agents',
        runbook: null,
      },
    ],
    code: code(),
    agents: { observedAt: null, found: 0, active: 0, expected: null, agents: [] },
    snapshots: { observedAt: null, artefacts: [], currency: null, contextFiles: null, newerThanEverySource: null },
    queues: [],
    refresh: { state: 'never', at: null, message: '', commands: [] },
    problems: [],
    activity: [],
    ...overrides,
  };
}
