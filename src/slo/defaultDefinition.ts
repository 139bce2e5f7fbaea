/** The built-in definition: objectives for a group of agents, with what was asked for beside each. Kept byte for byte equal to `test/fixtures/slo/seed.slo.yaml` by a test. */

/** Name under which problems and places of the built-in definition are shown. */
export const DEFAULT_DEFINITION_FILE = 'built-in.slo.yaml';

export const DEFAULT_DEFINITION_TEXT = `# Objectives for a group of AI agents that work in one folder: messages, agents, memory and infrastructure, in plain OpenSLO v1.
# They follow a requirement ("Phase 2: SLO Tracking", 2025-10-14); what it did not say was chosen here and is marked.
#
# * OpenSLO's decoder rejects unknown fields. What v1 cannot say is in the four places that it leaves open:
#   metadata.labels, metadata.annotations (prefix slo-lens/, values are always strings), metricSource.spec and
#   DataSource.connectionDetails.
# * slo-lens/seed      what was asked for, in the words of the requirement
#   slo-lens/assumed   what the requirement does not say and this file had to choose; edit it freely
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
  description: "One JSON file per agent. An agent counts as active only while its file shows a recent sign of life; a folder alone does not count."
  connectionDetails:
    layout: swarm                     # which folders are agents, and which keys say when one was alive: see docs/sources.md of SLO Lens
    files: ["agent_workspaces/*/status.json"]   # of these, the folders named like an agent
    id: parentDirectory               # agent_id inside the file is compared, never trusted
    heartbeat:                        # newest trusted of the twenty keys; not the first hit
      fallback: mtime                 # the file's own time counts as a sign of life only where it can be trusted
      assumeTimezone: local           # "2025-10-17 01:15:00" has no offset: the machine's zone, or name one
      maxFutureSkew: 2m               # a heartbeat further in the future is invalid, never fresh
    activeWhen:
      heartbeatWithin: 15m            # the swarm's own tools call an agent stale after 15 minutes
      restingWithin: 60m              # limit for an agent whose status file declares that it rests
      declaredNot: [offline, error, reset]
    expectedAgents: 14                # optional: how many there should be; shown beside the number found
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
    queues: ["message_queue/queue.json", "agent_workspaces/queue/{completed,persistent}/*.json"]   # a queue and its archive
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
  description: "Records of finished tasks and of work cycles of agents; the task metrics of ruflo and claude-flow are read too."
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
  description: "How much memory each process uses and how many files and sockets it holds open, measured again and again. Prometheus text, OTLP JSON lines and JSONL are all read."
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
  description: "What SLO Lens itself finds in the code of this workspace (open editors and the last full scan)."
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
  description: "Files that describe the code, and must not be older than it."
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
  description: "Messages from agent to agent: whether and how fast they arrive."
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
  description: "Leaks found in the code, and how much memory the running agents use."
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
  description: "Snapshots of the code, the orchestrators that direct the agents, and the Discord bot."
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
  description: "Share of the minutes in which messaging reported that it works."
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
  description: "Share of the messages sent that were delivered."
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
  description: "Share of the messages that were handled in less than 500 ms. How large it should be was not asked for; 95% is a choice of this definition."
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
  description: "How many agents have shown a sign of life within the last minutes."
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
  description: "Share of the work cycles of agents that took less than 2 seconds. How large it should be was not asked for; 95% is a choice of this definition."
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
  description: "Share of the finished tasks that succeeded; a task that still runs does not count."
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
    slo-lens/zero-tolerance: "true"   # OpenSLO v1 has no target of 1: this says that nothing may fail, target is the nearest number
    slo-lens/stale-after: "24h"
    slo-lens/unit: "findings"
    slo-lens/drilldown: "findings?severity=HIGH,CRITICAL"
    slo-lens/assumed: "timeWindow, timeSliceWindow, CRITICAL counts as HIGH"
spec:
  description: "HIGH leak findings in the code. Not one is allowed."
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
  description: "MEDIUM leak findings in the code; at most 4 are allowed. They are the error budget of this service, which is counted in findings and not in time."
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
  description: "How fast the memory of the process grows that grows fastest, over the last hour, in MB per hour."
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
  description: "How many files, sockets and other handles the process with the most of them holds open."
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
  description: "Share of the source files that are still as the snapshot recorded them; where it records no hashes, share of the expected snapshot files that are newer than the code."
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
  description: "Share of the orchestrators that report that they work. All of them must."
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
    - displayName: "100% working"
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
  description: "Share of the minutes in which the Discord bot reported that it works."
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
  description: "As it was asked for: from 6 findings on, while the objective is already violated by 5. Write value >= 5 to alert on both."
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
  description: "Each change is written to the log once; no notification."
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
  displayName: "Messages got slower"
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
          slo-lens/assumed: "the whole expression: nobody said what degradation is"
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
  displayName: "Agents got slower"
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
          slo-lens/assumed: "the whole expression: nobody said what degradation is"
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
  displayName: "Memory grows faster"
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
          slo-lens/assumed: "the whole expression: nobody said what degradation is"
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
  displayName: "An orchestrator does not work"
spec:
  alertWhenBreaching: true
  alertWhenResolved: true
  alertWhenNoData: true
  conditions:
    - kind: AlertCondition
      metadata:
        name: p2-orchestrator-down-condition
        annotations:
          slo-lens/seed: "(none: no alert was asked for)"
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
  displayName: "Budget runs out fast"
spec:
  description: "Within one hour 2% of what may fail in 30 days failed, and it goes on (last 5 minutes)."
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
  displayName: "Budget runs out slowly"
spec:
  description: "Within six hours 5% of what may fail in 30 days failed, and it goes on (last 30 minutes)."
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
  description: "A mark on each line that causes the violation (findings in code only)."
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
