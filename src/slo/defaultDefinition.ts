/** The built-in definition: the seed report's four services. Kept byte for byte equal to `test/fixtures/slo/seed.slo.yaml` by a test. */

/** Name under which problems and places of the built-in definition are shown. */
export const DEFAULT_DEFINITION_FILE = 'built-in.slo.yaml';

export const DEFAULT_DEFINITION_TEXT = `# SLOs of the agent swarm (seed report "Phase 2: SLO Tracking", 2025-10-14): all four services in plain OpenSLO v1.
#
# * OpenSLO's decoder rejects unknown fields. What v1 cannot say is in the four places that it leaves open:
#   metadata.labels, metadata.annotations (prefix slo-lens/, values are always strings), metricSource.spec and
#   DataSource.connectionDetails.
# * slo-lens/seed      the seed report's own words for this objective or alert
#   slo-lens/assumed   fields that the seed report does not state and this file had to choose; edit them freely
#   slo-lens/mode      current = the verdict is the latest fresh value; window = the verdict is the error budget
#   slo-lens/when      the exact alert expression; the burnrate block beside it is the portable approximation
# * No objective is ever green without fresh data: no sample = no data, old sample = stale, unreadable = error.
# * This comment stands inside the first document: a document of comments alone is invalid OpenSLO.

# ───────────────────────────── Data sources ─────────────────────────────
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: agent-status
  displayName: Agent status files
spec:
  type: AgentStatusFiles
  description: "One JSON file per agent. An agent counts as active only when its heartbeat is fresh; a directory that merely exists does not count (the seed counted directories)."
  connectionDetails:
    layout: swarm                     # folders, identity, keys and declared states as swarm/README.md sections 2 to 5 decide
    files: ["agent_workspaces/*/status.json"]   # of these, the folders named like an agent
    id: parentDirectory               # agent_id inside the file is compared, never trusted
    heartbeat:                        # newest trusted of the twenty keys; not the first hit
      fallback: mtime                 # file time as a sign of life, only where it can be trusted (swarm/README.md)
      assumeTimezone: local           # "2025-10-17 01:15:00" has no offset: the machine's zone, or name one
      maxFutureSkew: 2m               # a heartbeat further in the future is invalid, never fresh
    activeWhen:
      heartbeatWithin: 15m            # the swarm's own tools call an agent stale after 15 minutes
      restingWithin: 60m              # limit for an agent whose status file declares that it rests
      declaredNot: [offline, error, reset]
    expectedAgents: 14                # optional: the fleet size the seed names; shown beside the number found, never its denominator
---
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: message-events
  displayName: Message events
spec:
  type: EventLog
  description: "One JSON object per message attempt."
  connectionDetails:
    files: ["runtime/messages*.jsonl"]
    queues: ["message_queue/queue.json", "agent_workspaces/queue/{completed,persistent}/*.json"]   # as swarm/README.md section 9 reads them
    time: /ts
    id: /message_id                   # duplicates (redelivered log lines) are counted once
    fields: { outcome: /outcome, latency_ms: /latency_ms }
---
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: task-events
  displayName: Task and cycle events
spec:
  type: EventLog
  description: "Task and agent-cycle records; the ruflo/claude-flow task-metrics array is read too."
  connectionDetails:
    files: ["runtime/tasks*.jsonl", ".claude-flow/metrics/task-metrics.json"]
    time: [/ts, /timestamp]
    id: [/task_id, /id]
    fields: { kind: [/kind, /type], success: /success, duration_ms: [/duration_ms, /duration] }
---
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: process-samples
  displayName: Process samples
spec:
  type: SampleLog
  description: "Periodic process samples: resident memory and open handles. Prometheus text, OTLP JSON lines and JSONL are all accepted."
  connectionDetails:
    files: ["runtime/process*.jsonl", "runtime/*.prom", "runtime/otlp*.jsonl", "runtime/report.*.json", ".claude-flow/metrics/system-metrics.json"]
    time: [/ts, /timestamp]
    series: [/process, /agent_id]
    fields: { rss_bytes: [/rss_bytes, /memoryUsed], open_handles: [/open_handles, /num_fds] }
---
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: component-health
  displayName: Component health files
spec:
  type: HealthFiles
  description: "One small JSON file per component, written by its own health loop: {\\"component\\":\\"discord-bot\\",\\"up\\":1,\\"ts\\":\\"...\\"}"
  connectionDetails:
    files: ["runtime/health/*.json"]
    time: /ts
    fields: { component: /component, up: /up }
---
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: leak-findings
  displayName: Static leak findings
spec:
  type: LeakFindings
  description: "The findings of this extension itself for the workspace (open editors and the last full scan)."
  connectionDetails:
    provider: builtin
    paths: ["**"]                     # everything the analyzer looks at; its own exclusions apply
    suppressed: exclude               # findings suppressed in code or baseline do not count
    requireScanWithin: 24h            # older than this, or never scanned: stale / no data, never 0
---
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: project-snapshots
  displayName: Project snapshots
spec:
  type: SnapshotFiles
  description: "Snapshot artifacts that must not be older than the sources they describe."
  connectionDetails:
    files:
      - project_analysis.json
      - test_analysis.json
      - chatgpt_project_context.json
      - dependency_cache.json
      - analysis/agent_analysis.json
      - analysis/module_analysis.json
      - analysis/file_type_analysis.json
      - analysis/complexity_analysis.json
      - analysis/dependency_analysis.json
      - analysis/architecture_overview.json
    currentWhen:
      contentHash: dependency_cache.json   # where it records hashes: share of source files whose content still matches
      notOlderThan: { newestOf: ["src/**", "tools/**", "tests/**"], grace: 15m }
      maxAge: 24h
    missing: notCurrent               # without hashes: an expected file that does not exist counts in the total
# ─────────────────────────────── Services ───────────────────────────────
---
apiVersion: openslo/v1
kind: Service
metadata:
  name: messaging
  displayName: Messaging System
  annotations:
    slo-lens/seed: "Error Budget: 0.1% (allows 99.9% - 100%)"
    slo-lens/declared-budget: "0.1%"
    slo-lens/budget-from: "messaging-availability"
    slo-lens/rollup: "all"
spec:
  description: "Agent-to-agent message delivery."
---
apiVersion: openslo/v1
kind: Service
metadata:
  name: agent-system
  displayName: Agent System
  annotations:
    slo-lens/seed: "Error Budget: 10% task failures allowed"
    slo-lens/declared-budget: "10%"
    slo-lens/budget-from: "agent-task-completion"
    slo-lens/rollup: "all"
spec:
  description: "The agents themselves: how many work, how fast a cycle is, how many tasks succeed."
---
apiVersion: openslo/v1
kind: Service
metadata:
  name: memory-safety
  displayName: Memory Safety
  annotations:
    slo-lens/seed: "Error Budget: < 5 MEDIUM severity issues"
    slo-lens/declared-budget: "< 5 issues"
    slo-lens/budget-from: "memory-medium-leaks"
    slo-lens/rollup: "all"
spec:
  description: "Leak findings in the code and memory behaviour of the running agents."
---
apiVersion: openslo/v1
kind: Service
metadata:
  name: infrastructure
  displayName: Infrastructure
  annotations:
    slo-lens/seed: "Error Budget: 1% downtime allowed"
    slo-lens/declared-budget: "1%"
    slo-lens/budget-from: "infra-discord-uptime"
    slo-lens/rollup: "all"
spec:
  description: "Snapshots, orchestrators and the Discord bot."
# ─────────────────────────────── SLOs ───────────────────────────────
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: messaging-availability
  displayName: "Messaging: availability"
  labels:
    level: service
  annotations:
    slo-lens/seed: "Availability: 99.9% uptime"
    slo-lens/mode: "window"
    slo-lens/stale-after: "3m"
    slo-lens/unit: "up"
    slo-lens/assumed: "timeWindow, timeSliceWindow"
spec:
  description: "Share of one-minute slices in which the messaging component reported itself up."
  service: messaging
  indicator:
    metadata:
      name: messaging-availability-sli
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: component-health
          spec: { query: last, where: { component: messaging }, field: up }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Timeslices
  objectives:
    - displayName: "99.9% uptime"
      op: gte
      value: 1
      target: 0.999
      timeSliceTarget: 1.0
      timeSliceWindow: 1m
  alertPolicies:
    - alertPolicyRef: p1-fast-burn
    - alertPolicyRef: p2-slow-burn
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: messaging-success-rate
  displayName: "Messaging: delivery success rate"
  annotations:
    slo-lens/seed: "Success Rate: >= 95% message delivery"
    slo-lens/mode: "window"
    slo-lens/min-events: "20"
    slo-lens/unit: "ratio"
    slo-lens/stale-after: "1h"
    slo-lens/assumed: "timeWindow"
spec:
  description: "Delivered messages over all message attempts."
  service: messaging
  indicator:
    metadata:
      name: messaging-success-rate-sli
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            metricSourceRef: message-events
            spec: { query: count, where: { outcome: delivered } }
        total:
          metricSource:
            metricSourceRef: message-events
            spec: { query: count }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: ">= 95% delivered"
      target: 0.95
  alertPolicies:
    - alertPolicyRef: p2-delivery-below-95
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: messaging-latency
  displayName: "Messaging: latency"
  annotations:
    slo-lens/seed: "Latency: < 500ms per message"
    slo-lens/mode: "window"
    slo-lens/min-events: "20"
    slo-lens/unit: "ms"
    slo-lens/stale-after: "1h"
    slo-lens/assumed: "target, timeWindow"
spec:
  description: "Share of messages handled in less than 500 ms. The seed names a limit per message but no share; 95% is this file's choice."
  service: messaging
  indicator:
    metadata:
      name: messaging-latency-sli
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            metricSourceRef: message-events
            spec: { query: count, where: { latency_ms: { lt: 500 } } }
        total:
          metricSource:
            metricSourceRef: message-events
            spec: { query: count, where: { latency_ms: { exists: true } } }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: "95% of messages < 500 ms"
      target: 0.95
  alertPolicies:
    - alertPolicyRef: p3-latency-degraded
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: agent-availability
  displayName: "Agents: active count"
  annotations:
    slo-lens/seed: "Agent Availability: >= 8 agents active (of 14 total)"
    slo-lens/mode: "current"
    slo-lens/stale-after: "3m"
    slo-lens/unit: "agents"
    slo-lens/drilldown: "agents?active=false"
    slo-lens/assumed: "target, timeWindow, timeSliceWindow, heartbeatWithin"
spec:
  description: "Number of agents with a fresh heartbeat."
  service: agent-system
  indicator:
    metadata:
      name: agent-availability-sli
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: agent-status
          spec: { query: count, where: { active: true } }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Timeslices
  objectives:
    - displayName: ">= 8 agents active"
      op: gte
      value: 8
      target: 0.99
      timeSliceTarget: 1.0
      timeSliceWindow: 1m
  alertPolicies:
    - alertPolicyRef: p1-agents-below-6
    - alertPolicyRef: p2-agents-below-8
    - alertPolicyRef: p3-agent-count-changed
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: agent-response-time
  displayName: "Agents: response time"
  annotations:
    slo-lens/seed: "Response Time: < 2 seconds per cycle"
    slo-lens/mode: "window"
    slo-lens/min-events: "20"
    slo-lens/unit: "ms"
    slo-lens/stale-after: "1h"
    slo-lens/assumed: "target, timeWindow"
spec:
  description: "Share of agent cycles that took less than 2 seconds. The seed names a limit per cycle but no share; 95% is this file's choice."
  service: agent-system
  indicator:
    metadata:
      name: agent-response-time-sli
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            metricSourceRef: task-events
            spec: { query: count, where: { kind: cycle, duration_ms: { lt: 2000 } } }
        total:
          metricSource:
            metricSourceRef: task-events
            spec: { query: count, where: { kind: cycle, duration_ms: { exists: true } } }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: "95% of cycles < 2 s"
      target: 0.95
  alertPolicies:
    - alertPolicyRef: p3-response-degraded
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: agent-task-completion
  displayName: "Agents: task completion"
  annotations:
    slo-lens/seed: "Task Completion: >= 90% success rate"
    slo-lens/mode: "window"
    slo-lens/min-events: "10"
    slo-lens/unit: "ratio"
    slo-lens/stale-after: "24h"
    slo-lens/assumed: "timeWindow"
spec:
  description: "Succeeded tasks over finished tasks; a task still running is in neither."
  service: agent-system
  indicator:
    metadata:
      name: agent-task-completion-sli
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            metricSourceRef: task-events
            spec: { query: count, where: { kind: task, success: true } }
        total:
          metricSource:
            metricSourceRef: task-events
            spec: { query: count, where: { kind: task, success: { exists: true } } }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: ">= 90% of tasks succeed"
      target: 0.90
  alertPolicies:
    - alertPolicyRef: p2-slow-burn
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: memory-high-leaks
  displayName: "Memory: HIGH leak findings"
  annotations:
    slo-lens/seed: "Memory Leaks: 0 HIGH severity issues"
    slo-lens/mode: "current"
    slo-lens/zero-tolerance: "true"
    slo-lens/stale-after: "24h"
    slo-lens/unit: "findings"
    slo-lens/drilldown: "findings?severity=HIGH,CRITICAL"
    slo-lens/assumed: "timeWindow, timeSliceWindow, CRITICAL counts as HIGH"
spec:
  description: "Open HIGH (or CRITICAL) leak findings in the code. Zero tolerance: OpenSLO v1 allows no target of 1, so target is the nearest portable value and the zero-tolerance annotation carries the truth."
  service: memory-safety
  indicator:
    metadata:
      name: memory-high-leaks-sli
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: leak-findings
          spec: { query: count, where: { severity: [HIGH, CRITICAL] } }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Timeslices
  objectives:
    - displayName: "0 HIGH findings"
      op: lte
      value: 0
      target: 0.9999
      timeSliceTarget: 1.0
      timeSliceWindow: 1m
  alertPolicies:
    - alertPolicyRef: p1-high-leak
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: memory-medium-leaks
  displayName: "Memory: MEDIUM leak findings"
  annotations:
    slo-lens/seed: "Error Budget: < 5 MEDIUM severity issues (Target: < 5)"
    slo-lens/mode: "current"
    slo-lens/count-budget: "4"
    slo-lens/stale-after: "24h"
    slo-lens/unit: "findings"
    slo-lens/drilldown: "findings?severity=MEDIUM"
    slo-lens/assumed: "target, timeWindow, timeSliceWindow"
spec:
  description: "Open MEDIUM leak findings; fewer than 5 means at most 4. The seed calls this the service's error budget: a budget of findings, not of time."
  service: memory-safety
  indicator:
    metadata:
      name: memory-medium-leaks-sli
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: leak-findings
          spec: { query: count, where: { severity: [MEDIUM] } }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Timeslices
  objectives:
    - displayName: "< 5 MEDIUM findings"
      op: lt
      value: 5
      target: 0.99
      timeSliceTarget: 1.0
      timeSliceWindow: 1m
  alertPolicies:
    - alertPolicyRef: p2-medium-leaks
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: memory-growth-rate
  displayName: "Memory: growth rate"
  annotations:
    slo-lens/seed: "Growth Rate: < 100MB/hour"
    slo-lens/mode: "current"
    slo-lens/stale-after: "10m"
    slo-lens/unit: "MB/h"
    slo-lens/drilldown: "processes?sort=slope"
    slo-lens/assumed: "target, timeWindow, timeSliceWindow, over, minSamples"
spec:
  description: "Steepest least-squares slope of resident memory over the last hour, over all processes, in MB (10^6 bytes) per hour."
  service: memory-safety
  indicator:
    metadata:
      name: memory-growth-rate-sli
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: process-samples
          spec: { query: slopePerHour, field: rss_bytes, scale: 1.0e-6, over: 1h, minSamples: 5, minSpan: 10m, across: max }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Timeslices
  objectives:
    - displayName: "< 100 MB/h"
      op: lt
      value: 100
      target: 0.99
      timeSliceTarget: 1.0
      timeSliceWindow: 1m
  alertPolicies:
    - alertPolicyRef: p3-growth-degraded
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: memory-file-handles
  displayName: "Memory: open file handles"
  annotations:
    slo-lens/seed: "File Handles: < 100 open handles"
    slo-lens/mode: "current"
    slo-lens/stale-after: "10m"
    slo-lens/unit: "handles"
    slo-lens/drilldown: "findings?family=handle"
    slo-lens/assumed: "target, timeWindow, timeSliceWindow, per process"
spec:
  description: "Largest number of open handles of any one process."
  service: memory-safety
  indicator:
    metadata:
      name: memory-file-handles-sli
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: process-samples
          spec: { query: last, field: open_handles, across: max }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Timeslices
  objectives:
    - displayName: "< 100 open handles"
      op: lt
      value: 100
      target: 0.99
      timeSliceTarget: 1.0
      timeSliceWindow: 1m
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: infra-snapshot-currency
  displayName: "Infrastructure: snapshot currency"
  annotations:
    slo-lens/seed: "Snapshot Currency: >= 95% up-to-date"
    slo-lens/mode: "current"
    slo-lens/stale-after: "10m"
    slo-lens/unit: "ratio"
    slo-lens/drilldown: "snapshots?current=false"
    slo-lens/assumed: "timeWindow, timeSliceWindow, what up-to-date means"
spec:
  description: "Share of source files whose content still matches the hashes of the snapshot; without hashes, current snapshot files over expected ones (of 10, one stale file already means 90%)."
  service: infrastructure
  indicator:
    metadata:
      name: infra-snapshot-currency-sli
    spec:
      ratioMetric:
        counter: false
        good:
          metricSource:
            metricSourceRef: project-snapshots
            spec: { query: count, where: { current: true } }
        total:
          metricSource:
            metricSourceRef: project-snapshots
            spec: { query: count }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: RatioTimeslices
  objectives:
    - displayName: ">= 95% of snapshots current"
      target: 0.95
      timeSliceWindow: 1m
  alertPolicies:
    - alertPolicyRef: p2-snapshots-not-current
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: infra-orchestrator-health
  displayName: "Infrastructure: orchestrator health"
  annotations:
    slo-lens/seed: "Orchestrator Health: 100% operational"
    slo-lens/mode: "current"
    slo-lens/zero-tolerance: "true"
    slo-lens/stale-after: "3m"
    slo-lens/unit: "ratio"
    slo-lens/drilldown: "components?up=0"
    slo-lens/assumed: "timeWindow, timeSliceWindow"
spec:
  description: "Every orchestrator reports itself up. 100% leaves no budget; see zero-tolerance."
  service: infrastructure
  indicator:
    metadata:
      name: infra-orchestrator-health-sli
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: component-health
          spec: { query: fractionUp, where: { component: { matches: "orchestrator*" } } }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Timeslices
  objectives:
    - displayName: "100% operational"
      op: gte
      value: 1
      target: 0.9999
      timeSliceTarget: 1.0
      timeSliceWindow: 1m
  alertPolicies:
    - alertPolicyRef: p2-orchestrator-down
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: infra-discord-uptime
  displayName: "Infrastructure: Discord bot uptime"
  annotations:
    slo-lens/seed: "Discord Bot: 99% uptime"
    slo-lens/mode: "window"
    slo-lens/stale-after: "3m"
    slo-lens/unit: "up"
    slo-lens/assumed: "timeWindow, timeSliceWindow"
spec:
  description: "Share of one-minute slices in which the Discord bot reported itself up."
  service: infrastructure
  indicator:
    metadata:
      name: infra-discord-uptime-sli
    spec:
      thresholdMetric:
        metricSource:
          metricSourceRef: component-health
          spec: { query: last, where: { component: discord-bot }, field: up }
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Timeslices
  objectives:
    - displayName: "99% uptime"
      op: gte
      value: 1
      target: 0.99
      timeSliceTarget: 1.0
      timeSliceWindow: 1m
  alertPolicies:
    - alertPolicyRef: p1-discord-down
    - alertPolicyRef: p2-slow-burn
# ───────────────────── Alerts (one condition per policy: an OpenSLO v1 rule) ─────────────────────
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p1-high-leak
  displayName: "HIGH severity memory leak detected"
spec:
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: true
  conditions:
    - kind: AlertCondition
      metadata:
        name: p1-high-leak-condition
        annotations:
          slo-lens/seed: "CRITICAL (P1): HIGH severity memory leaks detected"
          slo-lens/when: "value > 0"
          slo-lens/clear-when: "value == 0"
          slo-lens/runbook: "docs/runbooks/memory-leaks.md"
          slo-lens/assumed: "clear-when"
      spec:
        severity: P1
        condition:
          kind: burnrate
          op: gte
          threshold: 1
          lookbackWindow: 1m
          alertAfter: 0m
  notificationTargets:
    - targetRef: vscode-notification
    - targetRef: vscode-status-bar
    - targetRef: vscode-problems
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p1-agents-below-6
  displayName: "Fewer than 6 agents active"
spec:
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: true
  conditions:
    - kind: AlertCondition
      metadata:
        name: p1-agents-below-6-condition
        annotations:
          slo-lens/seed: "CRITICAL (P1): Agent count < 6 (below SLO)"
          slo-lens/when: "value < 6"
          slo-lens/clear-when: "value >= 6"
          slo-lens/keep-firing-for: "5m"
          slo-lens/inhibits: "p2-agents-below-8"
          slo-lens/runbook: "docs/runbooks/agents-down.md"
          slo-lens/assumed: "alertAfter, keep-firing-for"
      spec:
        severity: P1
        condition:
          kind: burnrate
          op: gte
          threshold: 1
          lookbackWindow: 1m
          alertAfter: 2m
  notificationTargets:
    - targetRef: vscode-notification
    - targetRef: vscode-status-bar
    - targetRef: vscode-problems
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p2-agents-below-8
  displayName: "Fewer than 8 agents active"
spec:
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: true
  conditions:
    - kind: AlertCondition
      metadata:
        name: p2-agents-below-8-condition
        annotations:
          slo-lens/seed: "(none: the seed has no alert for 6 or 7 agents, although that already violates >= 8)"
          slo-lens/when: "value < 8"
          slo-lens/clear-when: "value >= 8"
          slo-lens/keep-firing-for: "5m"
          slo-lens/assumed: "the whole rule"
      spec:
        severity: P2
        condition:
          kind: burnrate
          op: gte
          threshold: 1
          lookbackWindow: 1m
          alertAfter: 2m
  notificationTargets:
    - targetRef: vscode-notification-once
    - targetRef: vscode-status-bar
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p1-discord-down
  displayName: "Discord bot down"
spec:
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: true
  conditions:
    - kind: AlertCondition
      metadata:
        name: p1-discord-down-condition
        annotations:
          slo-lens/seed: "CRITICAL (P1): Discord bot down"
          slo-lens/when: "value < 1"
          slo-lens/clear-when: "value >= 1"
          slo-lens/keep-firing-for: "2m"
          slo-lens/runbook: "docs/runbooks/discord-bot.md"
          slo-lens/assumed: "alertAfter, keep-firing-for"
      spec:
        severity: P1
        condition:
          kind: burnrate
          op: gte
          threshold: 1
          lookbackWindow: 1m
          alertAfter: 2m
  notificationTargets:
    - targetRef: vscode-notification
    - targetRef: vscode-status-bar
    - targetRef: vscode-problems
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p2-medium-leaks
  displayName: "More than 5 MEDIUM leak findings"
spec:
  description: "Literal from the seed. The objective is < 5, so exactly 5 violates the objective without this alert; the linter reports the gap. Change when to value >= 5 to close it."
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: false
  conditions:
    - kind: AlertCondition
      metadata:
        name: p2-medium-leaks-condition
        annotations:
          slo-lens/seed: "WARNING (P2): MEDIUM severity issues > 5"
          slo-lens/when: "value > 5"
          slo-lens/clear-when: "value < 5"
          slo-lens/runbook: "docs/runbooks/memory-leaks.md"
          slo-lens/assumed: "clear-when"
      spec:
        severity: P2
        condition:
          kind: burnrate
          op: gte
          threshold: 1
          lookbackWindow: 1m
          alertAfter: 0m
  notificationTargets:
    - targetRef: vscode-notification-once
    - targetRef: vscode-status-bar
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p2-snapshots-not-current
  displayName: "Snapshots not current"
spec:
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: true
  conditions:
    - kind: AlertCondition
      metadata:
        name: p2-snapshots-not-current-condition
        annotations:
          slo-lens/seed: "WARNING (P2): Snapshots not current"
          slo-lens/when: "value < 0.95"
          slo-lens/clear-when: "value >= 0.95"
          slo-lens/assumed: "alertAfter"
      spec:
        severity: P2
        condition:
          kind: burnrate
          op: gte
          threshold: 1
          lookbackWindow: 5m
          alertAfter: 10m
  notificationTargets:
    - targetRef: vscode-notification-once
    - targetRef: vscode-status-bar
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p2-delivery-below-95
  displayName: "Message delivery below 95%"
spec:
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: false
  conditions:
    - kind: AlertCondition
      metadata:
        name: p2-delivery-below-95-condition
        annotations:
          slo-lens/seed: "WARNING (P2): Message delivery < 95%"
          slo-lens/when: "sli(1h) < 0.95"
          slo-lens/clear-when: "sli(1h) >= 0.96"
          slo-lens/min-events: "20"
          slo-lens/assumed: "the 1h window, clear-when, min-events"
      spec:
        severity: P2
        condition:
          kind: burnrate
          op: gt
          threshold: 1
          lookbackWindow: 1h
          alertAfter: 5m
  notificationTargets:
    - targetRef: vscode-notification-once
    - targetRef: vscode-status-bar
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p3-agent-count-changed
  displayName: "Agent count changed"
spec:
  description: "An event, not a state: each change is logged once, nothing to resolve, never a popup."
  alertWhenBreaching: true
  alertWhenResolved: false
  alertWhenNoData: false
  conditions:
    - kind: AlertCondition
      metadata:
        name: p3-agent-count-changed-condition
        annotations:
          slo-lens/seed: "INFO (P3): Agent count changes"
          slo-lens/when: "delta(1m) != 0"
          slo-lens/edge: "true"
          slo-lens/assumed: "delta window"
      spec:
        severity: P3
        condition:
          kind: burnrate
          op: gt
          threshold: 1
          lookbackWindow: 1m
          alertAfter: 0m
  notificationTargets:
    - targetRef: vscode-activity-log
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p3-latency-degraded
  displayName: "Message latency degraded"
spec:
  alertWhenBreaching: true
  alertWhenResolved: false
  alertWhenNoData: false
  conditions:
    - kind: AlertCondition
      metadata:
        name: p3-latency-degraded-condition
        annotations:
          slo-lens/seed: "INFO (P3): Performance degradation"
          slo-lens/when: "p95(1h) > 1.5 * median(p95, 7d)"
          slo-lens/edge: "false"
          slo-lens/assumed: "the whole expression: the seed does not say what degradation is"
      spec:
        severity: P3
        condition:
          kind: burnrate
          op: gt
          threshold: 1
          lookbackWindow: 1h
          alertAfter: 10m
  notificationTargets:
    - targetRef: vscode-activity-log
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p3-response-degraded
  displayName: "Agent response time degraded"
spec:
  alertWhenBreaching: true
  alertWhenResolved: false
  alertWhenNoData: false
  conditions:
    - kind: AlertCondition
      metadata:
        name: p3-response-degraded-condition
        annotations:
          slo-lens/seed: "INFO (P3): Performance degradation"
          slo-lens/when: "p95(1h) > 1.5 * median(p95, 7d)"
          slo-lens/edge: "false"
          slo-lens/assumed: "the whole expression: the seed does not say what degradation is"
      spec:
        severity: P3
        condition:
          kind: burnrate
          op: gt
          threshold: 1
          lookbackWindow: 1h
          alertAfter: 10m
  notificationTargets:
    - targetRef: vscode-activity-log
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p3-growth-degraded
  displayName: "Memory growth degraded"
spec:
  alertWhenBreaching: true
  alertWhenResolved: false
  alertWhenNoData: false
  conditions:
    - kind: AlertCondition
      metadata:
        name: p3-growth-degraded-condition
        annotations:
          slo-lens/seed: "INFO (P3): Performance degradation"
          slo-lens/when: "value > 75"
          slo-lens/edge: "false"
          slo-lens/assumed: "the whole expression: the seed does not say what degradation is"
      spec:
        severity: P3
        condition:
          kind: burnrate
          op: gt
          threshold: 1
          lookbackWindow: 1h
          alertAfter: 10m
  notificationTargets:
    - targetRef: vscode-activity-log
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p2-orchestrator-down
  displayName: "An orchestrator is not operational"
spec:
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: true
  conditions:
    - kind: AlertCondition
      metadata:
        name: p2-orchestrator-down-condition
        annotations:
          slo-lens/seed: "(none: the seed has no alert for the orchestrator)"
          slo-lens/when: "value < 1"
          slo-lens/clear-when: "value >= 1"
          slo-lens/keep-firing-for: "2m"
          slo-lens/assumed: "the whole rule"
      spec:
        severity: P2
        condition:
          kind: burnrate
          op: gte
          threshold: 1
          lookbackWindow: 1m
          alertAfter: 2m
  notificationTargets:
    - targetRef: vscode-notification-once
    - targetRef: vscode-status-bar
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p1-fast-burn
  displayName: "Error budget: fast burn"
spec:
  description: "2% of a 30-day budget in one hour; also true over the last 5 minutes."
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: false
  conditions:
    - kind: AlertCondition
      metadata:
        name: p1-fast-burn-condition
        annotations:
          slo-lens/seed: "(none: added from the Google SRE workbook)"
          slo-lens/short-window: "5m"
          slo-lens/budget-consumed: "2%"
          slo-lens/assumed: "the whole rule"
      spec:
        severity: P1
        condition:
          kind: burnrate
          op: gte
          threshold: 14.4
          lookbackWindow: 1h
          alertAfter: 0m
  notificationTargets:
    - targetRef: vscode-notification
    - targetRef: vscode-status-bar
    - targetRef: vscode-problems
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata:
  name: p2-slow-burn
  displayName: "Error budget: slow burn"
spec:
  description: "5% of a 30-day budget in six hours; also true over the last 30 minutes. Reachable for every target from 83.4% up, because the largest possible burn rate is 1/(1 - target)."
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: false
  conditions:
    - kind: AlertCondition
      metadata:
        name: p2-slow-burn-condition
        annotations:
          slo-lens/seed: "(none: added from the Google SRE workbook)"
          slo-lens/short-window: "30m"
          slo-lens/budget-consumed: "5%"
          slo-lens/assumed: "the whole rule"
      spec:
        severity: P2
        condition:
          kind: burnrate
          op: gte
          threshold: 6
          lookbackWindow: 6h
          alertAfter: 0m
  notificationTargets:
    - targetRef: vscode-notification-once
    - targetRef: vscode-status-bar
# ─────────────────────── Where alerts go inside the editor ───────────────────────
---
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata:
  name: vscode-notification
  displayName: "Editor notification"
spec:
  target: vscode-notification
  description: "One notification per incident when it starts firing; buttons: Show, Open runbook, Snooze."
---
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata:
  name: vscode-notification-once
  displayName: "Editor notification (once per window)"
spec:
  target: vscode-notification-once
  description: "As above, at most one per alert until the window is closed; later ones only change the status bar."
---
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata:
  name: vscode-status-bar
  displayName: "Status bar and view badge"
spec:
  target: vscode-status-bar
  description: "The status-bar item and the badge of the SLO view."
---
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata:
  name: vscode-problems
  displayName: "Problems panel"
spec:
  target: vscode-problems
  description: "Diagnostics on the lines that cause the violation (static findings only)."
---
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata:
  name: vscode-activity-log
  displayName: "SLO activity log"
spec:
  target: vscode-activity-log
  description: "The SLO history view and the output channel; never a popup."
`;
