/** Whole objects to begin with. As they stand, with their placeholders, they load without an error. */
import type { NamedObject } from './definitionNames';
import { snippetText } from './suggestion';

export interface ObjectSnippet {
  readonly label: string;
  readonly documentation: string;
  readonly body: string;
}

/** The first name of a kind that exists, as a placeholder; else a name to be changed. */
function nameOf(names: readonly NamedObject[], kind: NamedObject['kind'], fallback: string, type?: string): string {
  const found = names.find((one) => one.kind === kind && (type === undefined || one.sourceType === type));
  return snippetText(found?.name ?? fallback);
}

const head = (kind: string, name: string, displayName: string): string => `apiVersion: openslo/v1
kind: ${kind}
metadata:
  name: \${1:${name}}
  displayName: \${2:${displayName}}
`;

/** Snippets that name what exists. */
export function objectSnippets(names: readonly NamedObject[]): readonly ObjectSnippet[] {
  const service = nameOf(names, 'Service', 'my-service');
  const events = nameOf(names, 'DataSource', 'my-events', 'EventLog');
  const samples = nameOf(names, 'DataSource', 'my-samples', 'SampleLog');
  return [
    {
      label: 'SLO of a threshold',
      documentation: 'A value is compared with a limit: open findings, active agents, memory.',
      body: `${head('SLO', 'my-objective', 'My objective')}  annotations:
    slo-lens/mode: current
    slo-lens/unit: \${3:handles}
spec:
  description: "\${4:What is promised, and to whom.}"
  service: \${5:${service}}
  indicator:
    metadata:
      name: \${1:my-objective}-sli
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: \${6:${samples}}
          spec:
            query: last
            field: \${7:open_handles}
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Timeslices
  objectives:
    - displayName: "\${8:fewer than 100}"
      op: lt
      value: \${9:100}
      target: 0.99
      timeSliceTarget: 1
      timeSliceWindow: 1m
$0`,
    },
    {
      label: 'SLO of a share of events',
      documentation: 'Good events of all events: delivered messages, requests below 500 ms.',
      body: `${head('SLO', 'my-objective', 'My objective')}  annotations:
    slo-lens/mode: window
    slo-lens/min-events: "20"
spec:
  description: "\${3:What is promised, and to whom.}"
  service: \${4:${service}}
  indicator:
    metadata:
      name: \${1:my-objective}-sli
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            metricSourceRef: \${5:${events}}
            spec:
              query: count
              where: { \${6:outcome}: \${7:delivered} }
        total:
          metricSource:
            metricSourceRef: \${5:${events}}
            spec:
              query: count
              where: { \${6:outcome}: { exists: true \\} }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: "\${8:at least 95%}"
      target: \${9:0.95}
$0`,
    },
    {
      label: 'Service',
      documentation: 'A group of objectives, with its state rolled up.',
      body: `${head('Service', 'my-service', 'My service')}spec:
  description: "\${3:What it does, for whom.}"
$0`,
    },
    {
      label: 'DataSource of an event log',
      documentation: 'JSON objects, one a line, each with its own timestamp.',
      body: `${head('DataSource', 'my-events', 'My events')}spec:
  type: EventLog
  connectionDetails:
    files: ["\${3:runtime/events*.jsonl}"]
    time: \${4:/ts}
    id: \${5:/id}
    fields: { \${6:outcome}: \${7:/outcome} }
$0`,
    },
    {
      label: 'DataSource of samples',
      documentation: 'Periodic samples: JSONL, Prometheus text or OTLP JSON lines.',
      body: `${head('DataSource', 'my-samples', 'My samples')}spec:
  type: SampleLog
  connectionDetails:
    files: ["\${3:runtime/process*.jsonl}"]
    time: \${4:/ts}
    series: \${5:/process}
    fields: { \${6:open_handles}: \${7:/open_handles} }
$0`,
    },
    {
      label: 'AlertPolicy',
      documentation: 'Says when an objective alerts. Name it in alertPolicies of the SLO.',
      body: `${head('AlertPolicy', 'my-alert', 'My alert')}spec:
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: false
  conditions:
    - kind: AlertCondition
      metadata:
        name: \${1:my-alert}-condition
        annotations:
          slo-lens/when: "\${3:burn(1h) >= 14.4}"
      spec:
        severity: \${4|P1,P2,P3|}
        condition: { kind: burnrate, op: gte, threshold: 14.4, lookbackWindow: 1h, alertAfter: 2m \\}
  notificationTargets:
    - kind: AlertNotificationTarget
      metadata:
        name: \${1:my-alert}-target
      spec:
        target: editor
$0`,
    },
  ];
}
