/** Where does a file acquire a resource? Looks for calls that the catalogue or another file knows; judges nothing. */

import { helperArgument, helperCallsAt, helperIdentity } from '../facts/helpers';
import type { Imports } from '../facts/imports';
import { methodFactOf } from '../facts/methods';
import { constantOf } from '../program/constants';
import type { Name } from '../program/origins';
import type { FileProgram } from '../program/program';
import type { AcquireForm } from '../resources/acquireForms';
import type { ApiName } from '../resources/apiTypes';
import type { Catalogue } from '../resources/catalogue';
import type { ResourceKind } from '../resources/model';
import { visitNodes } from '../syntax/nodeIndex';
import { callLikes } from '../syntax/selections';
import { ts, unwrap } from '../syntax/syntax';
import { type Acquisition, acquisitionBy } from './acquisitions';
import { calledBack } from './callbacks';
import { type Candidate, candidates, type Forms, formsOf, namedBy } from './forms';
import { isGuess, matches, promised } from './matching';
import { hasEndingOption, isEmpty } from './options';
import { dottedName } from './receivers';
import { endsWithWhatItReads } from './trackedReads';
import type { Types } from './types';

/** All acquisitions of a file, in order of position. */
export function findAcquisitions(
  program: FileProgram,
  types: Types,
  { acquired: kinds, lookAt }: Pick<Catalogue, 'acquired' | 'lookAt'>,
  imports: Imports,
): readonly Acquisition[] {
  const found: Acquisition[] = [];
  const look = lookAt(program.text);
  const possible = new Map<ResourceKind, boolean>();
  const isPossible = (kind: ResourceKind): boolean => {
    let known = possible.get(kind);
    if (known === undefined) {
      known = kind.isLinked === true || look.mayHold(kind);
      possible.set(kind, known);
    }
    return known;
  };
  const forms = formsOf(kinds);
  visitNodes(program.sourceFile, callLikes, (node) => {
    const given = ts.isCallExpression(node) ? givenBy(program, imports, kinds, node) : undefined;
    if (given) {
      found.push(acquisitionBy(program, types, given.kind, given.form, node));
      return undefined;
    }
    const helped = ts.isCallExpression(node) ? registeredBy(program, types, imports, forms, node) : undefined;
    if (helped) {
      found.push(helped);
      return undefined;
    }
    const alike = candidates(program, forms, node);
    // Nearly no call looks like a form.
    if (alike.length === 0) return undefined;
    const isMatch = ({ kind, form }: Candidate): boolean =>
      isPossible(kind) && matches(program, types, imports, node, form);
    for (const candidate of alike) {
      if (!isMatch(candidate)) continue;
      const { kind, form } = isGuess(candidate, types, node)
        ? (namedBy(candidate, program, forms, node).find(isMatch) ?? candidate)
        : candidate;
      const given = calledBack(program, form, node) ?? promised(program, types, form, node) ?? form;
      const isEnded =
        given === 'unseen' ||
        hasEndingOption(kind, node) ||
        isEmpty(kind, node, program) ||
        endsWithWhatItReads(kind, node, program);
      if (!isEnded) found.push(acquisitionBy(program, types, kind, given, node));
      // What ends by itself may give something that does not: a request its response.
      if (kind.endsByItself) continue;
      break;
    }
    return undefined;
  });
  return found;
}

/** A function of another file that opens the resource and gives it to its caller. */
function givenBy(
  program: FileProgram,
  imports: Imports,
  kinds: readonly ResourceKind[],
  node: ts.CallExpression,
): { readonly kind: ResourceKind; readonly form: AcquireForm } | undefined {
  const name = program.origins.nameOf(unwrap(node.expression));
  const gives = imports.factOf(name)?.gives ?? methodFactOf(node, program, imports)?.gives;
  const kind = gives && kinds.find(({ id }) => id === gives.kind);
  if (!gives || !kind || hasEndingOption(kind, node)) return undefined;
  const { promise, opens } = gives;
  const callee = name ? [apiOf(name)] : [];
  return { kind, form: { form: 'call', callee, promise, ...(opens ? { activatedBy: opens } : {}) } };
}

/** A function of this file or another that adds the handler it is given to the receiver it is given. */
function registeredBy(
  program: FileProgram,
  types: Types,
  imports: Imports,
  forms: Forms,
  node: ts.CallExpression,
): Acquisition | undefined {
  const helping = helperCallsAt(node, program, imports);
  if (helping.length === 0) return undefined;
  for (const call of helping) {
    const receiver = node.arguments[call.on];
    for (const { kind, form } of forms.methods.get(call.method) ?? []) {
      if (form.form !== 'registration' || !receiver) continue;
      const identity = helperIdentity(call, node, form.identity);
      const event = helperArgument(call, node, form.identity.event);
      const name = typeof event === 'object' ? constantOf(event.value, program.scopes) : event;
      if (!identity) continue;
      if (form.events && !(typeof name === 'string' && form.events.includes(name))) continue;
      const of = types.of(receiver);
      const isOfType = form.on.some((id) => of.has(id));
      const text = dottedName(receiver).toLowerCase();
      if (!isOfType && !(of.size === 0 && form.named?.some((one) => text.endsWith(one)))) continue;
      return {
        kind,
        form: { ...form, identity },
        node,
        receiver,
        result: undefined,
        parameter: undefined,
        event: typeof name === 'string' ? name : undefined,
        assumed: !isOfType,
        source: undefined,
      };
    }
  }
  return undefined;
}

function apiOf({ module, name }: Name): ApiName {
  return module === undefined ? { name } : { module, name };
}
