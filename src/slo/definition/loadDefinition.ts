/** Definition files in, one definition or the reasons why not out. All files together are one definition. */

import { type DefinitionObjects, lintDefinition } from '../lint/lintDefinition';
import { withoutSilenced } from '../lint/silenced';
import type {
  AlertPolicyDefinition,
  DataSourceDefinition,
  Definition,
  DefinitionProblem,
  ServiceDefinition,
} from './model';
import {
  checkSlo,
  isMap,
  listAt,
  mapAt,
  type OpenSloObject,
  objectAt,
  problemReporter,
  type ReportProblem,
  readObject,
  textAt,
} from './openslo';
import schema from './openslo.schema.json';
import { conditionObject, readAlertPolicy } from './readAlertPolicy';
import { readObjectives } from './readSlo';
import { OBJECT_KINDS, type ObjectKind } from './schemaValidation';
import { type ParsedFile, parseYamlDocuments } from './yamlDocuments';

export interface DefinitionFile {
  /** Name for places: a path as the caller knows it. */
  readonly file: string;
  readonly text: string;
  /** Its structure is known to fit the schema: the program's own text, which a test checks. */
  readonly isChecked?: boolean;
  /** The text as `parseYamlDocuments` reads it, where that was done already. */
  readonly parsed?: ParsedFile;
}

export interface LoadedDefinition {
  /** What could be read in spite of errors; for previews, never for verdicts. */
  readonly draft: Definition;
  /** Null when any problem is an error: the caller keeps the last good one in force. */
  readonly definition: Definition | null;
  readonly problems: readonly DefinitionProblem[];
}

class ObjectIndex {
  private readonly objects = new Map<string, OpenSloObject>();

  /** False when an object of the kind and name is there already; the first stays. */
  add(object: OpenSloObject): boolean {
    const key = `${object.kind}/${object.name}`;
    if (this.objects.has(key)) return false;
    this.objects.set(key, object);
    return true;
  }

  find(kind: ObjectKind): (name: string) => OpenSloObject | undefined {
    return (name) => this.objects.get(`${kind}/${name}`);
  }

  all(kind: ObjectKind): readonly OpenSloObject[] {
    return [...this.objects.values()].filter((object) => object.kind === kind);
  }
}

function knownAnnotations(value: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const item of value) knownAnnotations(item, found);
  else if (isMap(value)) {
    for (const [key, part] of Object.entries(value)) {
      if (key.startsWith('slo-lens/')) found.add(key);
      knownAnnotations(part, found);
    }
  }
  return found;
}

const KNOWN_ANNOTATIONS: ReadonlySet<string> = knownAnnotations(schema, new Set());

function checkAnnotations(object: OpenSloObject, report: ReportProblem): void {
  for (const key of Object.keys(object.annotations)) {
    if (key.startsWith('slo-lens/') && !KNOWN_ANNOTATIONS.has(key)) {
      report(
        object,
        'warning',
        'slo/unknown-annotation',
        ['metadata', 'annotations'],
        `${key} is not an annotation of SLO Lens and changes nothing`,
        key,
      );
    }
  }
}

function readService(object: OpenSloObject): ServiceDefinition {
  const { annotations } = object;
  return {
    name: object.name,
    displayName: object.displayName,
    description: textAt(object.spec, 'description') ?? '',
    rollup: annotations['slo-lens/rollup'] === 'ignore-unknown' ? 'ignore-unknown' : 'all',
    declaredBudget: annotations['slo-lens/declared-budget'] ?? null,
    budgetFrom: annotations['slo-lens/budget-from'] ?? null,
    seed: annotations['slo-lens/seed'] ?? null,
    place: object.document.locate([]),
  };
}

function readSource(object: OpenSloObject): DataSourceDefinition {
  return {
    name: object.name,
    displayName: object.displayName,
    description: textAt(object.spec, 'description') ?? '',
    type: textAt(object.spec, 'type') ?? '',
    connectionDetails: mapAt(object.spec, 'connectionDetails'),
    place: object.document.locate([]),
  };
}

/** Names of an SLO's policies; inline ones are added to `index` under their name. */
function policyNames(slo: OpenSloObject, index: ObjectIndex, report: ReportProblem): readonly string[] {
  return listAt(slo.spec, 'alertPolicies')
    .filter(isMap)
    .flatMap((raw, position) => {
      const name = textAt(raw, 'alertPolicyRef');
      if (name === null) {
        const inline = objectAt(slo.document, ['spec', 'alertPolicies', position], raw, 'AlertPolicy');
        if (!index.add(inline))
          report(
            inline,
            'error',
            'slo/duplicate-name',
            ['metadata', 'name'],
            `there is another AlertPolicy ${inline.name}`,
          );
        return [inline.name];
      }
      if (index.find('AlertPolicy')(name)) return [name];
      report(
        slo,
        'warning',
        'slo/unknown-reference',
        ['spec', 'alertPolicies', position, 'alertPolicyRef'],
        `there is no AlertPolicy ${name}`,
      );
      return [];
    });
}

function implicitService(slo: OpenSloObject, name: string): ServiceDefinition {
  return {
    name,
    displayName: name,
    description: '',
    rollup: 'all',
    declaredBudget: null,
    budgetFrom: null,
    seed: null,
    place: slo.document.locate(['spec', 'service']),
  };
}

function assemble(index: ObjectIndex, report: ReportProblem): Definition {
  const services = index.all('Service').map(readService);
  const slos = index.all('SLO');
  const objectives = slos.flatMap((slo) => {
    checkSlo(slo, report);
    const service = textAt(slo.spec, 'service') ?? '';
    if (!services.some((known) => known.name === service)) {
      report(
        slo,
        'warning',
        'slo/unknown-service',
        ['spec', 'service'],
        `there is no Service ${service}; it is shown with defaults`,
      );
      services.push(implicitService(slo, service));
    }
    const references = { source: index.find('DataSource'), sli: index.find('SLI') };
    return readObjectives(slo, references, policyNames(slo, index, report), report);
  });
  const alertReferences = { condition: index.find('AlertCondition'), target: index.find('AlertNotificationTarget') };
  const policies: AlertPolicyDefinition[] = [];
  for (const object of index.all('AlertPolicy')) {
    const policy = readAlertPolicy(object, alertReferences, report);
    if (policy) policies.push(policy);
    for (const name of policy?.inhibits ?? []) {
      if (!index.find('AlertPolicy')(name))
        report(
          object,
          'warning',
          'slo/unknown-reference',
          ['spec', 'conditions', 0, 'metadata', 'annotations', 'slo-lens/inhibits'],
          `inhibits names no AlertPolicy: ${name}`,
        );
    }
  }
  for (const kind of OBJECT_KINDS) {
    for (const object of index.all(kind)) checkAnnotations(object, report);
  }
  for (const policy of index.all('AlertPolicy')) {
    const raw = listAt(policy.spec, 'conditions')[0];
    if (isMap(raw) && textAt(raw, 'conditionRef') === null)
      checkAnnotations(
        objectAt(policy.document, [...policy.base, 'spec', 'conditions', 0], raw, 'AlertCondition'),
        report,
      );
  }
  const definition = { sources: index.all('DataSource').map(readSource), services, objectives, policies };
  lintDefinition(definition, objectsOf(index), report);
  return definition;
}

/** Where the parts of the definition stand, for the linter. */
function objectsOf(index: ObjectIndex): DefinitionObjects {
  const conditions = new Map(
    index
      .all('AlertPolicy')
      .map((policy) => [policy.name, conditionObject(policy, index.find('AlertCondition'))] as const),
  );
  const inline = [...conditions.values()].filter((condition) => condition !== null && condition.base.length > 0);
  return {
    all: [...OBJECT_KINDS.flatMap((kind) => index.all(kind)), ...inline.filter((one) => one !== null)],
    slo: (objective) => {
      // Names hold no dot: what follows one is the position of a further objective.
      const [name = '', position] = objective.split('.');
      const object = index.find('SLO')(name);
      return object ? { object, index: position === undefined ? 0 : Number(position) - 1 } : null;
    },
    condition: (policy) => conditions.get(policy) ?? null,
    service: (name) => index.find('Service')(name) ?? null,
    source: (name) => index.find('DataSource')(name) ?? null,
  };
}

/**
 * Loads OpenSLO v1 files with `slo-lens/` annotations; several documents per file. Problems carry file, line, column and path;
 * one error anywhere means no definition. Without any SLO there is an error too: an empty definition would look like one that is met.
 */
export function loadDefinition(files: readonly DefinitionFile[]): LoadedDefinition {
  const problems: DefinitionProblem[] = [];
  const report = problemReporter(problems);
  const index = new ObjectIndex();
  for (const { file, text, isChecked, parsed: known } of files) {
    const parsed = known ?? parseYamlDocuments(file, text);
    problems.push(...parsed.problems);
    for (const document of parsed.documents) {
      const { object, problems: found } = readObject(document, isChecked);
      problems.push(...found);
      if (object && !index.add(object))
        report(
          object,
          'error',
          'slo/duplicate-name',
          ['metadata', 'name'],
          `there is another ${object.kind} ${object.name}`,
        );
    }
  }
  const definition = assemble(index, report);
  const failed = problems.some((problem) => problem.level === 'error');
  if (!failed && definition.objectives.length === 0) {
    const place = { file: files[0]?.file ?? '', line: 0, column: 0, endLine: 0, endColumn: 0 };
    problems.push({
      level: 'error',
      code: 'slo/no-objective',
      message: 'the definition holds no SLO',
      path: '',
      document: 0,
      place,
    });
    return { definition: null, draft: definition, problems };
  }
  return { definition: failed ? null : definition, draft: definition, problems: withoutSilenced(files, problems) };
}
