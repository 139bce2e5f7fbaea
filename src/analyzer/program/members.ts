/**
 * Who `this` is, and what it has: classes, object literals with methods, and constructor functions with a prototype
 * are all *owners* with members that methods read, assign and release.
 */

import { select, visitNodes } from '../syntax/nodeIndex';
import { binaries } from '../syntax/selections';
import {
  type ClassNode,
  calledName,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isClassNode,
  isFunctionNode,
  propertyNameText,
  ts,
  unwrap,
} from '../syntax/syntax';
import { copiesMembers, isComponentOption, makesClass, memberGroups } from '../words/components';
import { bindsFunction } from '../words/functions';
import { teardownHooks } from '../words/hooks';
import { bindTarget, isBindCall } from './bound';
import { memberAccessOf, memberNameOf } from './memberNames';
import { unnamedClass, unnamedObject } from './ownerText';
import type { Declaration, FileScopes } from './scopes';

export interface Member {
  readonly name: string;
  readonly isStatic: boolean;
  /** Method, accessor or function-valued property bodies. */
  readonly functions: readonly FunctionNode[];
  /** Values the member is given: property initialiser and every `this.name = value` inside the owner. */
  readonly values: readonly { readonly value: ts.Expression | undefined; readonly node: ts.Node }[];
  /** Declared type of the property or parameter property. */
  readonly type: ts.TypeNode | undefined;
  /** Constructor parameter that declares the member. */
  readonly parameter: ts.ParameterDeclaration | undefined;
}

export interface Owner {
  readonly id: number;
  readonly node: ClassNode | ts.ObjectLiteralExpression | FunctionNode;
  readonly kind: 'class' | 'object' | 'constructor';
  readonly name: string;
  readonly declaration: Declaration | undefined;
  /** `extends` expression, for classes. */
  readonly base: ts.Expression | undefined;
  readonly members: ReadonlyMap<string, Member>;
  readonly construct: FunctionNode | undefined;
  /** An object literal whose members become those of a class, of which there are instances: `Layer.extend({ … })`. */
  readonly isClassBody: boolean;
}

/** A function that is a member of an owner. */
export interface Membership {
  readonly owner: Owner;
  readonly member: Member;
}

export interface Members {
  readonly owners: readonly Owner[];
  /** Owner that `this` means at a node; undefined for plain functions and module level. */
  readonly ownerAt: (node: ts.Node) => Owner | undefined;
  /** Owner declared by a class, literal or constructor function node. */
  readonly ownerOf: (node: ts.Node) => Owner | undefined;
  /** Owners that a function is a member of, in source order. */
  readonly holdersOf: (fn: FunctionNode) => readonly Membership[];
  /** Owners whose instances a function makes. */
  readonly madeBy: (fn: FunctionNode) => readonly Owner[];
}

interface Draft extends Omit<Owner, 'members' | 'construct'> {
  readonly members: Map<
    string,
    {
      name: string;
      isStatic: boolean;
      functions: FunctionNode[];
      values: { value: ts.Expression | undefined; node: ts.Node }[];
      type: ts.TypeNode | undefined;
      parameter: ts.ParameterDeclaration | undefined;
    }
  >;
  construct: FunctionNode | undefined;
}

/** What makes an owner, or gives it a member through its prototype. */
const owning = select<ClassNode | ts.ObjectLiteralExpression | ts.BinaryExpression>(
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.ObjectLiteralExpression,
  ts.SyntaxKind.BinaryExpression,
);

/** Collects the owners of a file and their members. Linear in the size of the tree. */
export function collectMembers(sourceFile: ts.SourceFile, scopes: FileScopes): Members {
  const drafts: Draft[] = [];
  const byNode = new Map<ts.Node, Draft>();

  const draftOf = (
    node: Owner['node'],
    kind: Owner['kind'],
    name: string,
    declaration: Declaration | undefined,
    base?: ts.Expression,
  ): Draft => {
    const known = byNode.get(node);
    if (known) return known;
    const draft: Draft = {
      id: drafts.length,
      node,
      kind,
      name,
      declaration,
      base,
      members: new Map(),
      construct: undefined,
      isClassBody: ts.isObjectLiteralExpression(node) && isClassBody(node),
    };
    drafts.push(draft);
    byNode.set(node, draft);
    return draft;
  };
  const memberOf = (draft: Draft, name: string, isStatic = false) => {
    let member = draft.members.get(name);
    if (!member) {
      member = { name, isStatic, functions: [], values: [], type: undefined, parameter: undefined };
      draft.members.set(name, member);
    }
    return member;
  };

  const fromClass = (node: ClassNode): void => {
    const variable =
      ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name) ? node.parent : undefined;
    const declaration = scopes.declarationOf(node) ?? (variable ? scopes.declarationOf(variable) : undefined);
    const base = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
      ?.expression;
    const draft = draftOf(node, 'class', node.name?.text ?? declaration?.name ?? unnamedClass, declaration, base);
    for (const element of node.members) {
      const isStatic = hasModifier(element, ts.SyntaxKind.StaticKeyword);
      if (ts.isConstructorDeclaration(element)) {
        if (element.body) draft.construct = element;
        for (const parameter of element.parameters) {
          if (!ts.isParameterPropertyDeclaration(parameter, element) || !ts.isIdentifier(parameter.name)) continue;
          const member = memberOf(draft, parameter.name.text);
          member.parameter = parameter;
          member.type = parameter.type;
        }
        continue;
      }
      const name = element.name ? memberNameOf(element.name, scopes) : undefined;
      if (name === undefined) continue;
      const member = memberOf(draft, name, isStatic);
      if (isFunctionNode(element)) {
        if (element.body) member.functions.push(element);
      } else if (ts.isPropertyDeclaration(element)) {
        member.type ??= element.type;
        if (element.initializer) addValue(member, element.initializer, element);
      }
    }
  };

  const addValue = (member: ReturnType<typeof memberOf>, value: ts.Expression | undefined, node: ts.Node): void => {
    member.values.push({ value, node });
    const inner = value ? boundFunction(unwrap(value)) : undefined;
    if (inner) member.functions.push(inner);
  };

  const fromObject = (node: ts.ObjectLiteralExpression, draft: Draft): void => {
    for (const property of node.properties) {
      const name = property.name ? memberNameOf(property.name, scopes) : undefined;
      if (name === undefined) continue;
      const member = memberOf(draft, name);
      if (isFunctionNode(property)) member.functions.push(property);
      else if (ts.isPropertyAssignment(property)) addValue(member, property.initializer, property);
    }
    for (const group of groupsOf(node)) {
      byNode.set(group, draft);
      fromObject(group, draft);
    }
  };

  const prototypeOwner = (expression: ts.Expression): Draft | undefined => {
    // X.prototype
    if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'prototype') return undefined;
    const callee = unwrap(expression.expression);
    if (!ts.isIdentifier(callee)) return undefined;
    const declaration = scopes.resolve(callee);
    const node = declaration ? functionBehind(declaration) : undefined;
    if (!node) return undefined;
    const draft = draftOf(node, 'constructor', declaration?.name ?? '', declaration);
    draft.construct ??= node;
    return draft;
  };

  visitNodes(sourceFile, owning, (node) => {
    if (isClassNode(node)) fromClass(node);
    else if (
      ts.isObjectLiteralExpression(node) &&
      !byNode.has(node) &&
      node.properties.some(
        (property) =>
          isFunctionNode(property) ||
          (ts.isPropertyAssignment(property) && boundFunction(unwrap(property.initializer)) !== undefined),
      )
    ) {
      const up = node.parent;
      const filled = prototypeFilledBy(node);
      const target = filled && prototypeOwner(filled);
      if (target) {
        byNode.set(node, target);
        fromObject(node, target);
      } else {
        const named = ts.isCallExpression(up) && isClassBody(node) ? up.parent : up;
        const variable = ts.isVariableDeclaration(named) ? scopes.declarationOf(named) : undefined;
        fromObject(node, draftOf(node, 'object', variable?.name ?? unnamedObject, variable));
      }
    } else if (isAssignment(node)) {
      // X.prototype.method = function …
      const access = memberAccessOf(node.left, scopes);
      const target = access && prototypeOwner(unwrap(access.object));
      if (access && target) addValue(memberOf(target, access.name), node.right, node);
    }
    return undefined;
  });

  const ownerCache = new Map<ts.Node, Draft | undefined>();
  const ownerAt = (node: ts.Node): Draft | undefined => {
    for (let at: ts.Node = node, up = node.parent; up; at = up, up = up.parent) {
      if (ts.isArrowFunction(up)) continue;
      if (isClassNode(up)) return ts.isHeritageClause(at) || ts.isDecorator(at) ? ownerAt(up) : byNode.get(up);
      if (!isFunctionNode(up)) continue;
      if (ownerCache.has(up)) return ownerCache.get(up);
      const owner = functionOwner(up);
      ownerCache.set(up, owner);
      return owner;
    }
    return undefined;
  };
  /** Owner that a non-arrow function gets as `this`. */
  const functionOwner = (fn: FunctionNode): Draft | undefined => {
    const up = fn.parent;
    if (isClassNode(up) || ts.isObjectLiteralExpression(up)) return byNode.get(up);
    if (ts.isPropertyDeclaration(up)) return byNode.get(up.parent);
    if (ts.isPropertyAssignment(up)) return byNode.get(up.parent);
    const left = isAssignment(up) ? memberAccessOf(up.left, scopes) : undefined;
    if (left) {
      if (left.object.kind === ts.SyntaxKind.ThisKeyword) return ownerAt(left.object);
      const target = prototypeOwner(unwrap(left.object));
      if (target) return target;
      const base = unwrap(left.object);
      const declaration = ts.isIdentifier(base) ? scopes.resolve(base) : undefined;
      const literal = declaration?.initializer ? unwrap(declaration.initializer) : undefined;
      if (literal && byNode.has(literal)) return byNode.get(literal);
    }
    // function () {…}.bind(this)
    if (ts.isPropertyAccessExpression(up) && bindsFunction(up.name.text) && ts.isCallExpression(up.parent)) {
      const [receiver] = up.parent.arguments;
      if (receiver && receiver.kind === ts.SyntaxKind.ThisKeyword) return ownerAt(up.parent);
    }
    return byNode.get(fn);
  };

  // Assignments to members, anywhere `this` (or an alias of it) is the owner.
  const assign = (node: ts.BinaryExpression): undefined => {
    if (isAssignment(node)) {
      const left = memberAccessOf(unwrap(node.left), scopes);
      if (left) {
        const base = unwrap(left.object);
        const owner =
          base.kind === ts.SyntaxKind.ThisKeyword
            ? (ownerAt(base) ?? capitalisedConstructor(base))
            : ts.isIdentifier(base)
              ? aliasOfThis(base)
              : undefined;
        if (owner) {
          const plain =
            node.operatorToken.kind === ts.SyntaxKind.EqualsToken ||
            node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
            node.operatorToken.kind === ts.SyntaxKind.BarBarEqualsToken;
          addValue(memberOf(owner, left.name), plain ? node.right : undefined, node);
        }
      }
    }
  };
  const aliasOfThis = (identifier: ts.Identifier): Draft | undefined => {
    const declaration = scopes.resolve(identifier);
    const value =
      declaration?.initializer && declaration.path?.length === 0 ? unwrap(declaration.initializer) : undefined;
    return value && value.kind === ts.SyntaxKind.ThisKeyword ? ownerAt(value) : undefined;
  };
  /** `function Foo() { this.x = … }` used with `new` is an owner even without a prototype assignment. */
  const capitalisedConstructor = (node: ts.Node): Draft | undefined => {
    for (let up = node.parent; up; up = up.parent) {
      if (ts.isArrowFunction(up) || !isFunctionNode(up)) continue;
      if (!ts.isFunctionDeclaration(up) || !up.name || !/^[A-Z]/.test(up.name.text)) return undefined;
      const draft = draftOf(up, 'constructor', up.name.text, scopes.declarationOf(up));
      draft.construct ??= up;
      ownerCache.set(up, draft);
      return draft;
    }
    return undefined;
  };
  visitNodes(sourceFile, binaries, assign);

  let holders: Map<FunctionNode, Membership[]> | undefined;
  const holdersOf = (fn: FunctionNode): readonly Membership[] => {
    if (!holders) {
      holders = new Map();
      for (const owner of drafts)
        for (const member of owner.members.values())
          for (const one of member.functions)
            if (holders.get(one)?.at(-1)?.member !== member) push(holders, one, { owner, member });
    }
    return holders.get(fn) ?? noHolders;
  };
  const made = new Map<FunctionNode, Owner[]>();
  let noted = 0;
  const madeBy = (fn: FunctionNode): readonly Owner[] => {
    for (let draft = drafts[noted]; draft; draft = drafts[noted]) {
      noted++;
      if (draft.construct) push(made, draft.construct, draft);
    }
    return made.get(fn) ?? noOwners;
  };
  return {
    owners: drafts,
    ownerAt,
    ownerOf: (node) => byNode.get(node),
    holdersOf,
    madeBy,
  };
}

const noHolders: readonly Membership[] = [];
const noOwners: readonly Owner[] = [];

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

/** `X.prototype` of `X.prototype = { … }`, `Object.assign(X.prototype, { … })` and `X.prototype = extend(Base, { … })`. */
function prototypeFilledBy(node: ts.ObjectLiteralExpression): ts.Expression | undefined {
  const up = node.parent;
  if (isAssignment(up)) return up.right === node ? unwrap(up.left) : undefined;
  if (!ts.isCallExpression(up) || !copiesMembers(calledName(up))) return undefined;
  const [target] = up.arguments;
  if (target && target !== node && isPrototype(unwrap(target))) return unwrap(target);
  return isAssignment(up.parent) && up.parent.right === up ? unwrap(up.parent.left) : undefined;
}

function isPrototype(expression: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'prototype';
}

/** The literals of a component's description whose functions get the component as `this`. */
function groupsOf(node: ts.ObjectLiteralExpression): readonly ts.ObjectLiteralExpression[] {
  const names = node.properties.map((property) => (property.name ? propertyNameText(property.name) : undefined));
  if (!names.some((name) => name !== undefined && isComponentOption(name))) return [];
  return node.properties.flatMap((property, index) => {
    const value = ts.isPropertyAssignment(property) ? unwrap(property.initializer) : undefined;
    return value && ts.isObjectLiteralExpression(value) && memberGroups.has(names[index] ?? '') ? [value] : [];
  });
}

/** The last argument of a call that makes a class of it. */
function isClassBody(node: ts.ObjectLiteralExpression): boolean {
  // `{ mounted() { … }, beforeDestroy() { … } }`: the options of a component, whoever makes the class of them.
  if (
    node.properties.some((one) =>
      ts.isMethodDeclaration(one) || ts.isPropertyAssignment(one) ? isTeardownHook(one) : false,
    )
  )
    return true;
  const call = node.parent;
  if (!ts.isCallExpression(call) || call.arguments.at(-1) !== node) return false;
  if (call.arguments.some((argument) => argument !== node && ts.isObjectLiteralExpression(argument))) return false;
  const callee = unwrap(call.expression);
  if (ts.isIdentifier(callee)) return makesClass(callee.text, '');
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const receiver = unwrap(callee.expression);
  const owner = ts.isPropertyAccessExpression(receiver) ? receiver.name.text : receiver.getText();
  return makesClass(callee.name.text, owner);
}

function isTeardownHook(property: ts.MethodDeclaration | ts.PropertyAssignment): boolean {
  const fn = ts.isMethodDeclaration(property) ? property : boundFunction(unwrap(property.initializer));
  const name = propertyNameText(property.name);
  // What is given an element is a hook of a directive, of which there are no instances.
  return fn?.parameters.length === 0 && name !== undefined && teardownHooks.has(name) && !name.startsWith('[');
}

/** The function that an expression is, looking through `fn.bind(…)`, and wrappers such as `debounce(fn)` are not looked through. */
export function boundFunction(expression: ts.Expression): FunctionNode | undefined {
  const value = unwrap(expression);
  if (ts.isFunctionExpression(value) || ts.isArrowFunction(value)) return value;
  const target = isBindCall(value) ? bindTarget(value) : undefined;
  return target && boundFunction(target);
}

/** The function that a declaration names: function declaration, or a variable given a function once. */
export function functionBehind(declaration: Declaration): FunctionNode | undefined {
  if (ts.isFunctionDeclaration(declaration.node) || ts.isFunctionExpression(declaration.node)) return declaration.node;
  if (declaration.writes.length > 1) return undefined;
  const value =
    declaration.initializer && declaration.path?.length === 0 ? declaration.initializer : declaration.writes[0]?.value;
  return value ? wrappedFunction(value) : undefined;
}

/** The function inside `useCallback(fn, [])`, `memo(fn)`, `debounce(fn, 10)` and the like: a call whose first argument is a function. */
export function wrappedFunction(expression: ts.Expression): FunctionNode | undefined {
  let value = unwrap(expression);
  // var Agent = module.exports = function () {…}
  while (isAssignment(value)) value = unwrap(value.right);
  const direct = boundFunction(value);
  if (direct) return direct;
  if (ts.isCallExpression(value)) {
    const [first] = value.arguments;
    if (first && (ts.isIdentifier(value.expression) || ts.isPropertyAccessExpression(value.expression)))
      return boundFunction(first);
  }
  return undefined;
}
