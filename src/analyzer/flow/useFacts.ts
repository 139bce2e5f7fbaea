/** What is known of the uses of one resource: their effects, and the names that stand for it. */

import type { Declaration } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import type { FunctionNode, ts } from '../syntax/syntax';

export type Effect = 'released' | 'handed-over';

/** A function or the module's top level, whose graph is followed. */
export type Body = FunctionNode | ts.SourceFile;

export interface HandleUses {
  /** Effects by the body in which the node is evaluated. Effects of inner functions also stand where these are created or named. */
  readonly effects: ReadonlyMap<Body, ReadonlyMap<ts.Node, Effect>>;
  /** Variables that hold the resource. */
  readonly holders: ReadonlySet<Declaration>;
  /** Members called on the resource. */
  readonly called: ReadonlySet<string>;
  /** The resource is one of several values its variable may get: `given ?? open()`. */
  readonly conditional: boolean;
  /** Callbacks that go on with the resource still open: of readers. */
  readonly continuations: readonly FunctionNode[];
  /** Calls of members of the resource that only use it. */
  readonly work: readonly ts.CallExpression[];
  /** Calls are given it that may only work with it. */
  readonly lends: boolean;
  /** `.then` callbacks that are given the resource. */
  readonly fulfilled: readonly { readonly fn: FunctionNode; readonly parameter: ts.ParameterDeclaration }[];
}

export interface UseSeed {
  readonly body: Body;
  readonly kind: ResourceKind;
  /** Expression whose value is the resource … */
  readonly value?: ts.Expression;
  /** … which may be a promise of it, … */
  readonly isPromise?: boolean;
  /** … or a parameter that is given it. */
  readonly parameter?: Declaration;
  /** Calls that end it together with what it belongs to. */
  readonly endedBy?: readonly ts.Node[];
}
