/** SARIF 2.1.0: findings with one rule per kind, the trail as a code flow, fingerprints and fixes; objectives as rules of their own. */
import type { Severity, TextRange } from '../analyzer/findings/findings';
import { ownReason } from './plainText';
import type { AlertLevel, Cause, CodeReport, FindingReport, ObjectiveReport, Place, WorkspaceReport } from './report';
import { type PageEntry, rulePage, rulePageUri } from './rulePage';

export interface RuleDescription {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly helpUri: string | undefined;
  /** The whole page of the kind, as Markdown. */
  readonly page: () => string;
  readonly severity: Severity;
  /** Ids that it had before. */
  readonly formerly?: readonly string[];
}

/** Kinds of the catalogue as rules. */
export function ruleDescriptions(kinds: readonly PageEntry[]): readonly RuleDescription[] {
  return kinds.map((kind) => ({
    id: kind.id,
    ...(kind.formerly === undefined ? {} : { formerly: kind.formerly }),
    title: kind.title,
    description: kind.documentation.what,
    helpUri: rulePageUri(kind.id),
    page: () => rulePage(kind),
    severity: kind.severity,
  }));
}

export interface SarifOptions {
  readonly version: string;
  /** URI of the folder that paths are relative to. */
  readonly rootUri: string;
}

type SarifLevel = 'error' | 'warning' | 'note';

const informationUri = 'https://github.com/slo-lens/slo-lens';
const levels: Readonly<Record<Severity, SarifLevel>> = { high: 'error', medium: 'warning', low: 'note' };
const alertLevels: Readonly<Record<AlertLevel, SarifLevel>> = { P1: 'error', P2: 'warning', P3: 'note' };

/** The findings of a scan, those silenced by comments as suppressed; JSON-serialisable. */
export function toSarif(
  code: CodeReport,
  options: SarifOptions & { readonly rules: readonly RuleDescription[] },
): object {
  // With all of them the rules of a log were four fifths of it.
  const told = new Set([...code.findings, ...code.suppressedFindings].map(({ kind }) => kind));
  const rules = options.rules.filter(({ id }) => told.has(id));
  const index = new Map(rules.map((rule, position) => [rule.id, position]));
  return log(options, {
    rules: rules.map((rule) => ({
      id: rule.id,
      ...(rule.formerly === undefined ? {} : { deprecatedIds: rule.formerly }),
      name: pascalCase(rule.id),
      shortDescription: { text: rule.title },
      fullDescription: { text: rule.description },
      ...(rule.helpUri === undefined ? {} : { helpUri: rule.helpUri }),
      help: { text: rule.description, markdown: rule.page() },
      defaultConfiguration: { level: levels[rule.severity] },
      properties: { family: rule.id.slice(0, rule.id.indexOf('/')) },
    })),
    successful: code.state === 'complete',
    notifications: code.partialFiles.map(({ place, reason }) => ({
      level: 'warning',
      message: { text: `Partly analysed: ${reason}` },
      locations: [{ physicalLocation: pointLocation(place) }],
    })),
    results: [
      ...code.findings.map((finding) => findingResult(finding, index, false)),
      ...code.suppressedFindings.map((finding) => findingResult(finding, index, true)),
    ],
  });
}

/**
 * The objectives that are violated or at risk, each at the lines that cause it. What is unknown is no result but a
 * notification, so that its absence is never read as fine. Rule: SLO reference, section 11.
 */
export function objectivesToSarif(report: WorkspaceReport, options: SarifOptions): object {
  const objectives = report.services.flatMap((service) => service.objectives);
  const unknown = objectives.filter(({ state }) => state === 'no_data' || state === 'stale' || state === 'error');
  return log(options, {
    rules: objectives.map((objective) => ({
      id: `slo/${objective.name}`,
      name: pascalCase(objective.name),
      shortDescription: { text: objective.displayName },
      fullDescription: { text: objective.description || `${objective.displayName}: ${objective.targetText}` },
      ...(isUri(objective.runbook) ? { helpUri: objective.runbook } : {}),
      defaultConfiguration: { level: objectiveLevel(objective, report) },
      properties: { service: objective.service, target: objective.targetText },
    })),
    successful: report.code.state !== 'failed',
    notifications: unknown.map((objective) => ({
      level: objective.state === 'error' ? 'error' : 'warning',
      message: { text: `${objective.displayName}: ${objective.state.replace('_', ' ')}, ${objective.stateReason}` },
      associatedRule: { id: `slo/${objective.name}` },
    })),
    results: objectives.flatMap((objective, ruleIndex) =>
      objective.state === 'violating' || objective.state === 'at_risk'
        ? [objectiveResult(objective, ruleIndex, report)]
        : [],
    ),
  });
}

function log(
  { version, rootUri }: SarifOptions,
  run: {
    readonly rules: readonly object[];
    readonly successful: boolean;
    readonly notifications: readonly object[];
    readonly results: readonly object[];
  },
): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'SLO Lens', version, informationUri, rules: run.rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { uri: rootUri.endsWith('/') ? rootUri : `${rootUri}/` } },
        invocations: [{ executionSuccessful: run.successful, toolExecutionNotifications: run.notifications }],
        results: run.results,
      },
    ],
  };
}

function findingResult(finding: FindingReport, index: ReadonlyMap<string, number>, suppressed: boolean): object {
  const { path } = finding.place;
  return {
    ruleId: finding.kind,
    ...(index.has(finding.kind) ? { ruleIndex: index.get(finding.kind) } : {}),
    level: levels[finding.severity],
    message: { text: withoutLinks(finding.advice ? `${finding.message} ${finding.advice}` : finding.message) },
    locations: [{ physicalLocation: rangeLocation(path, finding.range) }],
    ...(finding.trail.length > 0
      ? {
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: finding.trail.map((step) => ({
                    location: {
                      physicalLocation: rangeLocation(step.file ?? path, step.range),
                      message: { text: withoutLinks(step.message) },
                    },
                    kinds: [step.role],
                  })),
                },
              ],
            },
          ],
        }
      : {}),
    partialFingerprints: { 'sloLens/v1': finding.fingerprint },
    properties: {
      family: finding.family,
      severity: finding.severity,
      confidence: finding.confidence,
      mechanism: finding.mechanism,
    },
    ...(finding.fixes.length > 0
      ? {
          fixes: finding.fixes.map((fix) => ({
            description: { text: fix.title },
            artifactChanges: [
              {
                artifactLocation: artifact(path),
                replacements: fix.edits.map((edit) => ({
                  deletedRegion: { charOffset: edit.start, charLength: edit.end - edit.start },
                  insertedContent: { text: edit.newText },
                })),
              },
            ],
          })),
        }
      : {}),
    ...(suppressed ? { suppressions: [{ kind: 'inSource' }] } : {}),
  };
}

function objectiveResult(objective: ObjectiveReport, ruleIndex: number, report: WorkspaceReport): object {
  const located = objective.causes.filter(hasPlace);
  const places = located.length > 0 ? located.map(({ place }) => place) : objective.evidence.places.slice(0, 1);
  const reason = ownReason(objective);
  const shown = objective.causes.slice(0, 5).map((cause) => `${cause.label} ${cause.detail}`.trim());
  return {
    ruleId: `slo/${objective.name}`,
    ruleIndex,
    level: objective.state === 'at_risk' ? 'note' : objectiveLevel(objective, report),
    message: {
      text: withoutLinks(
        `${objective.displayName}: ${objective.valueText}, target ${objective.targetText}.${reason === '' ? '' : ` ${reason}`}${shown.length > 0 ? ` (${shown.join('; ')})` : ''}`,
      ),
    },
    locations: places.map((place) => ({ physicalLocation: pointLocation(place) })),
    partialFingerprints: { 'sloLens/v1': objective.name },
    properties: {
      service: objective.service,
      state: objective.state,
      source: objective.evidence.source,
      method: objective.evidence.method,
      ...(objective.evidence.observedAt === null ? {} : { observedAt: objective.evidence.observedAt }),
      ...(objective.value === null ? {} : { value: objective.value }),
    },
  };
}

function hasPlace(cause: Cause): cause is Cause & { readonly place: Place } {
  return cause.place !== null;
}

/** Of the alerts of the objective the most urgent that is on, else the most urgent that is defined; without any, a warning. */
function objectiveLevel(objective: ObjectiveReport, { alerts }: WorkspaceReport): SarifLevel {
  const own = alerts.filter((alert) => alert.objective === objective.name);
  const on = own.filter((alert) => alert.state !== 'inactive');
  const [worst] = (on.length > 0 ? on : own).map((alert) => alert.level).sort();
  return worst ? alertLevels[worst] : 'warning';
}

/** Code and status texts are no links: a message's `[text](target)` is one. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

function isUri(text: string | null): text is string {
  return text !== null && /^https?:\/\/\S+$/.test(text);
}

function pascalCase(id: string): string {
  return id
    .split(/[/-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function artifact(path: string): object {
  const uri = toUriReference(path);
  return uri.startsWith('file:') ? { uri } : { uri, uriBaseId: 'ROOT' };
}

/** A path as a URI: a relative one as a reference with forward slashes, an absolute one (also with drive letter or share) as `file:`. */
export function toUriReference(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const escaped = (text: string): string => text.split('/').map(encodePart).join('/');
  if (slashed.startsWith('//')) return `file:${escaped(slashed)}`;
  if (slashed.startsWith('/')) return `file://${escaped(slashed)}`;
  const drive = /^([a-zA-Z]):\//.exec(slashed)?.[1];
  return drive === undefined ? escaped(slashed) : `file:///${drive.toLowerCase()}:/${escaped(slashed.slice(3))}`;
}

/** A lone surrogate, which no URI can hold, becomes the replacement character. */
function encodePart(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function pointLocation(place: Place): object {
  return {
    artifactLocation: artifact(place.path),
    region: { startLine: place.line + 1, startColumn: place.column + 1 },
  };
}

function rangeLocation(path: string, range: TextRange): object {
  return {
    artifactLocation: artifact(path),
    region: {
      startLine: range.startLine + 1,
      startColumn: range.startColumn + 1,
      endLine: range.endLine + 1,
      endColumn: range.endColumn + 1,
      charOffset: range.start,
      charLength: range.end - range.start,
    },
  };
}
