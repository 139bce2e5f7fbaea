/** Findings as SARIF 2.1.0: one rule per kind, the trail as a code flow, fingerprints, and fixes as edits. */
import type { Severity, TextRange } from '../analyzer/findings';
import type { CodeReport, FindingReport } from './report';

export interface RuleDescription {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly helpUri: string;
  readonly severity: Severity;
}

export interface SarifOptions {
  readonly version: string;
  readonly rules: readonly RuleDescription[];
  /** URI of the folder that paths are relative to. */
  readonly rootUri: string;
  /** Findings silenced in code, listed as suppressed. */
  readonly suppressed: readonly FindingReport[];
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** Builds the log; JSON-serialisable. */
export function toSarif(code: CodeReport, options: SarifOptions): object {
  const { rules, rootUri } = options;
  const index = new Map(rules.map((rule, position) => [rule.id, position]));
  const result = (finding: FindingReport, suppressed: boolean): object => ({
    ruleId: finding.kind,
    ...(index.has(finding.kind) ? { ruleIndex: index.get(finding.kind) } : {}),
    level: levels[finding.severity],
    message: { text: finding.advice ? `${finding.message} ${finding.advice}` : finding.message },
    locations: [{ physicalLocation: location(finding.place.path, finding.range) }],
    ...(finding.trail.length > 0
      ? {
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: finding.trail.map((step) => ({
                    location: {
                      physicalLocation: location(step.file ?? finding.place.path, step.range),
                      message: { text: step.message },
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
                artifactLocation: artifact(finding.place.path),
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
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'SLO Lens',
            version: options.version,
            informationUri: 'https://github.com/slo-lens/slo-lens',
            rules: rules.map((rule) => ({
              id: rule.id,
              name: pascalCase(rule.id),
              shortDescription: { text: rule.title },
              fullDescription: { text: rule.description },
              helpUri: rule.helpUri,
              defaultConfiguration: { level: levels[rule.severity] },
              properties: { family: rule.id.slice(0, rule.id.indexOf('/')) },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { uri: rootUri.endsWith('/') ? rootUri : `${rootUri}/` } },
        invocations: [
          {
            executionSuccessful: code.state === 'complete',
            toolExecutionNotifications: code.partialFiles.map(({ place, reason }) => ({
              level: 'warning',
              message: { text: `Partly analysed: ${reason}` },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: artifact(place.path),
                    region: { startLine: place.line + 1, startColumn: place.column + 1 },
                  },
                },
              ],
            })),
          },
        ],
        results: [
          ...code.findings.map((finding) => result(finding, false)),
          ...options.suppressed.map((finding) => result(finding, true)),
        ],
      },
    ],
  };
}

function pascalCase(id: string): string {
  return id
    .split(/[/-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function artifact(path: string): object {
  return { uri: relativeUri(path), uriBaseId: 'ROOT' };
}

/** A relative path as a URI reference: forward slashes, everything else escaped. */
export function relativeUri(path: string): string {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
}

function location(path: string, range: TextRange): object {
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
