/** The forms of the catalogue by what a call must look like to be one of them. */

import { ownCopy } from '../detached';
import type { FileProgram } from '../program/program';
import type { AcquireForm } from '../resources/acquireForms';
import type { ResourceKind } from '../resources/model';
import { type CallLike, ts, unwrap } from '../syntax/syntax';
import { type ApiIndex, indexByName } from './apiNames';

/** A form that a call may be, of a kind. */
export interface Candidate {
  readonly kind: ResourceKind;
  readonly form: AcquireForm;
  /** Precedence: the first that matches a call names it. */
  readonly order: number;
}

/** All forms of a catalogue. */
export interface Forms {
  /** Forms whose callee is a name. */
  readonly named: ApiIndex<Candidate>;
  /** Forms whose callee is a method, by its name. */
  readonly methods: ReadonlyMap<string, readonly Candidate[]>;
  /** Forms whose methods are given by a pattern, by what the name of each of them begins with. */
  readonly byBeginning: ReadonlyMap<string, readonly Candidate[]>;
  readonly beginnings: RegExp;
  /** What was found for the names of methods that begin so: files call the same ones. */
  readonly byMethod: Map<string, readonly Candidate[]>;
  /** Forms that any `new` may be. */
  readonly instances: readonly Candidate[];
}

/** Forms by what a call must look like to be one of them, made once for each catalogue. */
const formTables = new WeakMap<readonly ResourceKind[], Forms>();

/** The forms of some kinds. */
export function formsOf(kinds: readonly ResourceKind[]): Forms {
  const known = formTables.get(kinds);
  if (known) return known;
  const all = kinds
    .flatMap((kind) => kind.acquire.map((form) => ({ kind, form })))
    .map((candidate, order): Candidate => ({ ...candidate, order }));
  const methods = new Map<string, Candidate[]>();
  const byBeginning = new Map<string, Candidate[]>();
  for (const candidate of all)
    for (const method of 'method' in candidate.form ? candidate.form.method : [])
      if (method.endsWith('*')) push(byBeginning, method.slice(0, -1), candidate);
      else push(methods, method, candidate);
  const forms: Forms = {
    named: indexByName(all, ({ form }) => ('callee' in form ? form.callee : [])),
    methods,
    byBeginning,
    beginnings: testOf([...byBeginning.keys()]),
    byMethod: new Map(),
    instances: all.filter(
      ({ form }) =>
        form.form === 'instance' ||
        (form.form === 'new' && form.given) ||
        (form.form === 'convention' && form.instances),
    ),
  };
  formTables.set(kinds, forms);
  return forms;
}

function push(lists: Map<string, Candidate[]>, key: string, candidate: Candidate): void {
  const known = lists.get(key);
  if (known) known.push(candidate);
  else lists.set(key, [candidate]);
}

/** One test for all patterns: nearly no call passes it. */
function testOf(beginnings: readonly string[]): RegExp {
  return new RegExp(beginnings.length > 0 ? `^(?:${beginnings.join('|')})` : '^(?!)');
}

/** What the callee is by its own name says more than that some methods are called so. */
export function namedBy({ kind }: Candidate, program: FileProgram, forms: Forms, node: CallLike): readonly Candidate[] {
  const name = program.origins.nameOf(unwrap(node.expression));
  return name ? forms.named.candidates(name).filter((other) => other.kind === kind) : [];
}

/** Forms that a call may be, by its looks alone, in order of precedence. */
export function candidates(program: FileProgram, forms: Forms, node: CallLike): readonly Candidate[] {
  const callee = unwrap(node.expression);
  const name = program.origins.nameOf(callee) ?? program.origins.promisedOf(callee);
  const byName = name ? forms.named.candidates(name) : noCandidates;
  const named = ts.isNewExpression(node) ? [...byName, ...forms.instances] : byName;
  const method = ts.isPropertyAccessExpression(callee)
    ? callee.name.text
    : ts.isIdentifier(callee)
      ? callee.text
      : undefined;
  const methods = method === undefined ? noCandidates : methodsNamed(method, forms);
  if (methods.length === 0) return named;
  return named.length === 0 ? methods : [...named, ...methods].sort(byOrder);
}

const noCandidates: readonly Candidate[] = [];

function byOrder(a: Candidate, b: Candidate): number {
  return a.order - b.order;
}

/** Forms of a method of the name, in order of precedence. */
function methodsNamed(method: string, forms: Forms): readonly Candidate[] {
  const exact = forms.methods.get(method) ?? noCandidates;
  if (!forms.beginnings.test(method)) return exact;
  let all = forms.byMethod.get(method);
  if (!all) {
    const alike = new Set(exact);
    for (let end = 1; end <= method.length; end++)
      for (const candidate of forms.byBeginning.get(method.slice(0, end)) ?? noCandidates) alike.add(candidate);
    all = alike.size === exact.length ? exact : [...alike].sort(byOrder);
    forms.byMethod.set(ownCopy(method), all);
  }
  return all;
}
