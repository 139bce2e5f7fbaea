/** Editing of definition files over the language server protocol: what `slo/editing` says, in the words of the protocol. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CodeLens,
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  InsertTextFormat,
  type Location,
  MarkupKind,
  type Position,
  type Range,
  SymbolKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Monitor } from '../monitor/monitor';
import type { ObjectiveReport, WorkspaceReport } from '../report/report';
import { parseWhen } from '../slo/alerts/whenExpression';
import type { ObjectiveDefinition } from '../slo/definition/model';
import type { OffsetRange } from '../slo/definition/yamlDocuments';
import type { NamedObject } from '../slo/editing/definitionNames';
import { explainAt } from '../slo/editing/explanation';
import { fixesOf } from '../slo/editing/fixes';
import { outlineOf, referredAt } from '../slo/editing/outline';
import type { Suggestion } from '../slo/editing/suggestion';
import { suggestionsAt } from '../slo/editing/suggestions';
import { isValueAlert, negatedObjective } from '../slo/lint/alertGap';
import type { DefinitionDocuments } from './definitionDocuments';
import { type EditedObjective, hoverMarkdown, lensTitles } from './definitionHover';
import { diagnosticSource, faultsByUri } from './diagnostics';

export interface DefinitionFeaturePorts {
  readonly documents: DefinitionDocuments;
  readonly monitor: () => Monitor | null;
  readonly report: () => WorkspaceReport | null;
  readonly uriOfKey: (key: string) => string | null;
  readonly schemaElsewhere: () => boolean;
  readonly now: () => number;
}

const ITEM_KINDS: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Reference,
  term: CompletionItemKind.Function,
  operator: CompletionItemKind.Operator,
  snippet: CompletionItemKind.Snippet,
};
const SYMBOL_KINDS: Readonly<Record<NamedObject['kind'], SymbolKind>> = {
  DataSource: SymbolKind.File,
  Service: SymbolKind.Module,
  SLI: SymbolKind.Function,
  SLO: SymbolKind.Class,
  AlertPolicy: SymbolKind.Event,
  AlertCondition: SymbolKind.Operator,
  AlertNotificationTarget: SymbolKind.Interface,
};

/** Lines of a text, whatever ends them. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

export class DefinitionFeatures {
  /** Lines of the last text that was asked about. */
  private last: { readonly text: string; readonly lines: readonly string[] } | null = null;

  /** Of each open document, the objectives that were in force when it was opened. */
  private readonly opened = new Map<string, readonly ObjectiveDefinition[]>();

  constructor(private readonly ports: DefinitionFeaturePorts) {}

  /** A document was opened: what is in force now is what its edits are held against. */
  open(uri: string): void {
    // Before the first report nothing of the workspace is in force.
    if (this.ports.report()) this.opened.set(uri, this.ports.monitor()?.definitionInForce.objectives ?? []);
  }

  close(uri: string): void {
    this.opened.delete(uri);
  }

  private lines(document: TextDocument): readonly string[] {
    const text = document.getText();
    if (this.last?.text !== text) this.last = { text, lines: linesOf(text) };
    return this.last.lines;
  }

  completion(document: TextDocument, { line, character }: Position): CompletionItem[] {
    const view = this.ports.documents.current();
    const found = suggestionsAt(
      this.lines(document),
      { line, column: character },
      {
        names: view.names,
        schemaElsewhere: this.ports.schemaElsewhere(),
        conditionsHere: () => this.conditionsAt(document, document.offsetAt({ line, character })),
      },
    );
    return found.map((one, index) => toItem(one, line, index));
  }

  /** Conditions that leave no gap to the objectives which the policy at an offset alerts of. */
  private conditionsAt(document: TextDocument, offset: number): readonly string[] {
    const { names, loaded } = this.ports.documents.current();
    const key = this.ports.documents.keyOf(document.uri);
    const policy = names.find(
      (one) => one.kind === 'AlertPolicy' && one.file === key && one.range[0] <= offset && offset <= one.range[1],
    );
    if (!policy) return [];
    // A policy that is half written is none yet: the definition in force may still know it.
    const objectives = [...loaded.draft.objectives, ...(this.ports.monitor()?.definitionInForce.objectives ?? [])];
    const limits = objectives
      .filter(({ alertPolicies, threshold }) => alertPolicies.includes(policy.name) && threshold !== null)
      .flatMap(({ threshold }) => (threshold ? [negatedObjective(threshold)] : []));
    return [...new Set(limits)].filter((text) => {
      const parsed = parseWhen(text);
      return parsed.ok && isValueAlert(parsed.expression);
    });
  }

  hover(document: TextDocument, { line, character }: Position): Hover | null {
    const { names } = this.ports.documents.current();
    const now = this.ports.now();
    const explanation = explainAt(
      this.lines(document),
      { line, column: character },
      { names, schemaElsewhere: this.ports.schemaElsewhere(), now },
    );
    if (!explanation) return null;
    const objectives = this.objectivesAt(document, document.offsetAt({ line, character }));
    const { path } = explanation;
    const index = path[1] === 'objectives' && typeof path[2] === 'number' ? path[2] : 0;
    const objective = objectives[Math.min(index, objectives.length - 1)] ?? null;
    const state = this.ports.monitor()?.definitionState ?? 'ok';
    const value = hoverMarkdown(explanation, objective, state, now);
    if (value === '') return null;
    const range = { start: { line, character: explanation.start }, end: { line, character: explanation.end } };
    return { contents: { kind: MarkupKind.Markdown, value }, range };
  }

  /** Objectives of the SLO at an offset, in its order. */
  private objectivesAt(document: TextDocument, offset: number): readonly EditedObjective[] {
    const key = this.ports.documents.keyOf(document.uri);
    const { names } = this.ports.documents.current();
    const slo = names.find(
      (one) => one.kind === 'SLO' && one.file === key && one.range[0] <= offset && offset <= one.range[1],
    );
    return slo ? this.objectivesOf(slo.name, document.uri) : [];
  }

  private objectivesOf(slo: string, uri: string): readonly EditedObjective[] {
    const { draft } = this.ports.documents.current().loaded;
    const monitor = this.ports.monitor();
    const reports = (this.ports.report()?.services ?? []).flatMap(({ objectives }) => objectives);
    const inForce = monitor?.definitionInForce.objectives ?? [];
    const opened = this.opened.get(uri) ?? [];
    const ofSlo = ({ name }: ObjectiveDefinition): boolean => name === slo || name.startsWith(`${slo}.`);
    const typed = draft.objectives.filter(ofSlo);
    // What cannot be read as it is typed is shown as it is in force.
    return (typed.length > 0 ? typed : inForce.filter(ofSlo)).map((edited) => ({
      edited,
      inForce: inForce.find(({ name }) => name === edited.name) ?? null,
      opened: opened.find(({ name }) => name === edited.name) ?? null,
      report: reports.find(({ name }: ObjectiveReport) => name === edited.name) ?? null,
      preview: () =>
        monitor?.preview(
          edited,
          draft.policies.filter(({ name }) => edited.alertPolicies.includes(name)),
        ) ?? null,
    }));
  }

  symbols(document: TextDocument): DocumentSymbol[] {
    const names = this.namesOf(document);
    return outlineOf(names).map(({ object, children }) => ({
      ...toSymbol(object, document),
      children: children.map((child) => toSymbol(child, document)),
    }));
  }

  private namesOf(document: TextDocument): readonly NamedObject[] {
    const key = this.ports.documents.keyOf(document.uri);
    return this.ports.documents.current().names.filter(({ file }) => file === key);
  }

  definition(document: TextDocument, { line, character }: Position): Location[] {
    const view = this.ports.documents.current();
    return referredAt(this.lines(document), { line, column: character }, view.names).flatMap(({ file, nameRange }) => {
      const uri = this.ports.uriOfKey(file);
      const text = view.files.find((one) => one.file === file)?.text;
      return uri === null || text === undefined
        ? []
        : [{ uri, range: toRange(nameRange, TextDocument.create(uri, 'yaml', 0, text)) }];
    });
  }

  /** Verdict and preview above each objective. */
  lenses(document: TextDocument): CodeLens[] {
    const state = this.ports.monitor()?.definitionState ?? 'ok';
    return this.namesOf(document)
      .filter(({ kind, isInline }) => kind === 'SLO' && !isInline)
      .flatMap(({ name, range, objectives }) =>
        this.objectivesOf(name, document.uri).flatMap((objective, index) => {
          const start = document.positionAt(objectives[index] ?? range[0]);
          return lensTitles(objective, state).map((title) => ({
            range: { start, end: start },
            command: { title, command: 'sloLens.openDashboard' },
          }));
        }),
      );
  }

  /** Faults of an open document, as it is typed. */
  diagnostics(document: TextDocument): readonly Diagnostic[] {
    const key = this.ports.documents.keyOf(document.uri);
    if (key === null) return [];
    const problems = this.ports.documents.problemsOf(key).map(({ code, level, message, place }) => ({
      kind: code,
      level,
      message,
      place: {
        uri: document.uri,
        path: key,
        line: place.line,
        column: place.column,
        endLine: place.endLine,
        endColumn: place.endColumn,
      },
    }));
    return faultsByUri(problems).get(document.uri) ?? [];
  }

  /** The certain fixes of the faults that a client asks about. */
  actions(document: TextDocument, params: CodeActionParams): CodeAction[] {
    const { only, diagnostics } = params.context;
    if (only && !only.some((kind) => `${CodeActionKind.QuickFix}.`.startsWith(`${kind}.`))) return [];
    const key = this.ports.documents.keyOf(document.uri);
    if (key === null) return [];
    const { files, names, loaded } = this.ports.documents.current();
    const context = { files, names, problems: loaded.problems };
    return diagnostics
      .filter(({ source }) => source === diagnosticSource)
      .flatMap((diagnostic) => {
        const problem = loaded.problems.find(
          ({ code, message, place }) =>
            place.file === key &&
            code === diagnostic.code &&
            message === diagnostic.message &&
            place.line === diagnostic.range.start.line &&
            place.column === diagnostic.range.start.character,
        );
        return (problem ? fixesOf(problem, context) : []).map(({ title, edits, isPreferred }, index) => ({
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          isPreferred: isPreferred && index === 0,
          edit: {
            changes: {
              [document.uri]: edits.map(({ start, end, newText }) => ({
                range: toRange([start, end], document),
                newText,
              })),
            },
          },
        }));
      });
  }
}

function toRange([start, end]: OffsetRange, document: TextDocument): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

function toSymbol({ kind, name, displayName, range, nameRange }: NamedObject, document: TextDocument): DocumentSymbol {
  return {
    name,
    detail: displayName === '' ? kind : `${kind}: ${displayName}`,
    kind: SYMBOL_KINDS[kind],
    range: toRange(range, document),
    selectionRange: toRange(nameRange, document),
  };
}

function toItem(one: Suggestion, line: number, index: number): CompletionItem {
  const { start, end } = one.replace;
  return {
    label: one.label,
    kind: ITEM_KINDS[one.kind],
    sortText: `${one.rank}${String(index).padStart(4, '0')}`,
    ...(one.insert.startsWith('"') || one.insert.startsWith(' ') ? { filterText: one.insert } : {}),
    ...(one.detail === '' ? {} : { detail: one.detail }),
    ...(one.documentation === '' ? {} : { documentation: { kind: MarkupKind.PlainText, value: one.documentation } }),
    insertTextFormat: one.isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: { start: { line, character: start }, end: { line, character: end } }, newText: one.insert },
    ...(one.goesOn ? { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } } : {}),
  };
}
