/**
 * Control-flow graph of one function: in which order its expressions are evaluated, and every way out of it.
 * Built backwards (each construct is given what follows it), so that a `finally` block is copied for each way through it.
 */
import { type FunctionNode, isFunctionNode, isLogical, ts, unwrap } from '../syntax/syntax';
import { collectParts, isAssigning, isLogicalAssignment, optionalHead, type Part } from './evaluation';

/** How an edge is taken: in order, by a condition's outcome, by an exception or rejection, by a consumer that stops a generator. */
export type EdgeKind = 'next' | 'true' | 'false' | 'throw' | 'abandon';

export type ExitKind = 'end' | 'return' | 'throw' | 'abandon';

export interface Edge {
  readonly kind: EdgeKind;
  readonly to: Point;
}

/** One step of evaluation. Expressions become a point after their parts: a call's arguments come before the call. */
export interface Point {
  readonly id: number;
  /** What is evaluated; undefined for joins and exits. */
  readonly node: ts.Node | undefined;
  /** The node is a condition whose outcome chooses the edge. */
  readonly isTest: boolean;
  readonly exit: ExitKind | undefined;
  readonly edges: readonly Edge[];
}

export interface Graph {
  readonly entry: Point;
  /** Number of points. */
  readonly size: number;
}

/** What the builder asks about the code it does not look into. */
export interface FlowFacts {
  /** May the call throw, or the awaited promise reject? Trivial calls do not count. */
  readonly mayThrow: (node: ts.CallExpression | ts.NewExpression | ts.AwaitExpression) => boolean;
  /** Does the call end the process, so that nothing follows? */
  readonly neverReturns: (node: ts.CallExpression) => boolean;
}

interface MutablePoint extends Point {
  edges: Edge[];
}

/** Where control goes from here, other than to what follows. */
interface Ways {
  readonly onThrow: MutablePoint;
  readonly onReturn: (kind: 'return' | 'abandon') => MutablePoint;
  readonly onBreak: (label: string | undefined) => MutablePoint | undefined;
  readonly onContinue: (label: string | undefined) => MutablePoint | undefined;
}

/**
 * Builds the graph of a function's body, or of the module's top level.
 * @returns the entry; exits are points with `exit` set
 */
export function buildGraph(body: FunctionNode | ts.SourceFile, facts: FlowFacts): Graph {
  let size = 0;
  const point = (node: ts.Node | undefined, edges: Edge[], isTest = false, exit?: ExitKind): MutablePoint => ({
    id: size++,
    node,
    isTest,
    exit,
    edges,
  });
  const step = (node: ts.Node, next: MutablePoint): MutablePoint => point(node, [{ kind: 'next', to: next }]);
  const exits = {
    end: point(undefined, [], false, 'end'),
    return: point(undefined, [], false, 'return'),
    throw: point(undefined, [], false, 'throw'),
    abandon: point(undefined, [], false, 'abandon'),
  };

  // Expressions -----------------------------------------------------------------------------------------------------

  const sequence = (parts: readonly Part[], next: MutablePoint, ways: Ways): MutablePoint =>
    parts.reduceRight(
      (after, part) => (isFunctionNode(part) ? step(part, after) : expression(part, after, ways)),
      next,
    );

  const expression = (node: ts.Expression, next: MutablePoint, ways: Ways): MutablePoint => {
    const value = unwrap(node);
    if (ts.isIdentifier(value)) return step(value, next);
    if (ts.isCallExpression(value) || ts.isNewExpression(value)) return call(value, next, ways);
    if (ts.isAwaitExpression(value)) {
      const awaited = step(value, next);
      if (facts.mayThrow(value)) awaited.edges.push({ kind: 'throw', to: ways.onThrow });
      return expression(value.expression, awaited, ways);
    }
    if (ts.isYieldExpression(value)) {
      const yielded = step(value, next);
      yielded.edges.push({ kind: 'abandon', to: ways.onReturn('abandon') });
      return value.expression ? expression(value.expression, yielded, ways) : yielded;
    }
    if (ts.isArrowFunction(value) || ts.isFunctionExpression(value) || ts.isClassExpression(value))
      return step(value, next);
    if (ts.isConditionalExpression(value))
      return condition(
        value.condition,
        expression(value.whenTrue, next, ways),
        expression(value.whenFalse, next, ways),
        ways,
      );
    if (ts.isBinaryExpression(value)) return binary(value, next, ways);
    if (ts.isDeleteExpression(value) || ts.isPrefixUnaryExpression(value) || ts.isPostfixUnaryExpression(value)) {
      const operand = ts.isDeleteExpression(value) ? value.expression : value.operand;
      return expression(operand, step(value, next), ways);
    }
    if (ts.isPropertyAccessExpression(value)) return expression(value.expression, next, ways);
    const parts: Part[] = [];
    ts.forEachChild(value, (child) => collectParts(child, parts));
    return sequence(parts, next, ways);
  };

  const call = (node: ts.CallExpression | ts.NewExpression, next: MutablePoint, ways: Ways): MutablePoint => {
    const made = point(node, []);
    if (!(ts.isCallExpression(node) && facts.neverReturns(node))) {
      made.edges.push({ kind: 'next', to: next });
      if (facts.mayThrow(node)) made.edges.push({ kind: 'throw', to: ways.onThrow });
    }
    const withArguments = sequence(node.arguments ?? [], made, ways);
    const head = ts.isCallExpression(node) ? optionalHead(node) : undefined;
    if (head) return condition(head, withArguments, next, ways);
    return expression(node.expression, withArguments, ways);
  };

  const binary = (node: ts.BinaryExpression, next: MutablePoint, ways: Ways): MutablePoint => {
    // `a + b + c + …` leans left: a long one is walked, not recursed into.
    const operator = node.operatorToken.kind;
    if (isLogical(operator)) {
      const right = expression(node.right, next, ways);
      return operator === ts.SyntaxKind.AmpersandAmpersandToken
        ? condition(node.left, right, next, ways)
        : condition(node.left, next, right, ways);
    }
    if (isAssigning(operator)) {
      const assigned = step(node, next);
      const left = unwrap(node.left);
      const value = expression(node.right, assigned, ways);
      const target =
        operator === ts.SyntaxKind.EqualsToken || !isLogicalAssignment(operator)
          ? value
          : operator === ts.SyntaxKind.AmpersandAmpersandEqualsToken
            ? condition(node.left, value, next, ways)
            : condition(node.left, next, value, ways);
      if (ts.isPropertyAccessExpression(left)) return expression(left.expression, target, ways);
      if (ts.isElementAccessExpression(left)) return sequence([left.expression, left.argumentExpression], target, ways);
      return target;
    }
    const operands: ts.Expression[] = [];
    let at: ts.Expression = node;
    while (ts.isBinaryExpression(at) && !isLogical(at.operatorToken.kind) && !isAssigning(at.operatorToken.kind)) {
      operands.unshift(at.right);
      at = unwrap(at.left);
    }
    return sequence([at, ...operands], next, ways);
  };

  /** Evaluates a condition; `&&`, `||`, `!` and constants decide which edges exist. */
  const condition = (
    node: ts.Expression,
    whenTrue: MutablePoint,
    whenFalse: MutablePoint,
    ways: Ways,
  ): MutablePoint => {
    const value = unwrap(node);
    if (value.kind === ts.SyntaxKind.TrueKeyword || (ts.isNumericLiteral(value) && value.text !== '0')) return whenTrue;
    if (value.kind === ts.SyntaxKind.FalseKeyword) return whenFalse;
    if (ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.ExclamationToken)
      return condition(value.operand, whenFalse, whenTrue, ways);
    if (ts.isBinaryExpression(value)) {
      const operator = value.operatorToken.kind;
      if (operator === ts.SyntaxKind.AmpersandAmpersandToken)
        return condition(value.left, condition(value.right, whenTrue, whenFalse, ways), whenFalse, ways);
      if (operator === ts.SyntaxKind.BarBarToken)
        return condition(value.left, whenTrue, condition(value.right, whenTrue, whenFalse, ways), ways);
    }
    const test = point(
      value,
      [
        { kind: 'true', to: whenTrue },
        { kind: 'false', to: whenFalse },
      ],
      true,
    );
    return expression(value, test, ways);
  };

  // Statements ------------------------------------------------------------------------------------------------------

  const statements = (list: readonly ts.Statement[], next: MutablePoint, ways: Ways): MutablePoint =>
    list.reduceRight((after, each) => statement(each, after, ways), next);

  const declarations = (list: ts.VariableDeclarationList, next: MutablePoint, ways: Ways): MutablePoint =>
    list.declarations.reduceRight((after, each) => {
      const declared = step(each, after);
      return each.initializer ? expression(each.initializer, declared, ways) : declared;
    }, next);

  const statement = (node: ts.Statement, next: MutablePoint, ways: Ways, label?: string): MutablePoint => {
    if (ts.isExpressionStatement(node)) return expression(node.expression, next, ways);
    if (ts.isVariableStatement(node)) return declarations(node.declarationList, next, ways);
    if (ts.isBlock(node)) return statements(node.statements, next, ways);
    if (ts.isReturnStatement(node)) {
      const returned = step(node, ways.onReturn('return'));
      return node.expression ? expression(node.expression, returned, ways) : returned;
    }
    if (ts.isThrowStatement(node))
      return expression(node.expression, point(node, [{ kind: 'throw', to: ways.onThrow }]), ways);
    if (ts.isIfStatement(node))
      return condition(
        node.expression,
        statement(node.thenStatement, next, ways),
        node.elseStatement ? statement(node.elseStatement, next, ways) : next,
        ways,
      );
    if (ts.isIterationStatement(node, false)) return loop(node, next, ways, label);
    if (ts.isSwitchStatement(node)) return switchOf(node, next, ways);
    if (ts.isTryStatement(node)) return tryOf(node, next, ways);
    if (ts.isLabeledStatement(node)) {
      const name = node.label.text;
      return statement(
        node.statement,
        next,
        { ...ways, onBreak: (wanted) => (wanted === name ? next : ways.onBreak(wanted)) },
        name,
      );
    }
    if (ts.isBreakOrContinueStatement(node)) {
      const target = ts.isBreakStatement(node) ? ways.onBreak(node.label?.text) : ways.onContinue(node.label?.text);
      // A jump to nowhere is a syntax error; the path ends.
      return point(node, target ? [{ kind: 'next', to: target }] : []);
    }
    if (ts.isExportAssignment(node)) return expression(node.expression, step(node, next), ways);
    if (ts.isClassDeclaration(node)) return step(node, next);
    if (ts.isWithStatement(node)) return expression(node.expression, statement(node.statement, next, ways), ways);
    return next;
  };

  const loop = (
    node: ts.IterationStatement,
    next: MutablePoint,
    ways: Ways,
    label: string | undefined,
  ): MutablePoint => {
    const head = point(undefined, []);
    let again: MutablePoint = head;
    const inside: Ways = {
      ...ways,
      onBreak: (wanted) => (wanted === undefined || wanted === label ? next : ways.onBreak(wanted)),
      onContinue: (wanted) => (wanted === undefined || wanted === label ? again : ways.onContinue(wanted)),
    };
    const enter = (to: MutablePoint): void => {
      head.edges.push({ kind: 'next', to });
    };
    if (ts.isForStatement(node)) {
      if (node.incrementor) again = expression(node.incrementor, head, ways);
      const body = statement(node.statement, again, inside);
      enter(node.condition ? condition(node.condition, body, next, ways) : body);
      if (!node.initializer) return head;
      return ts.isVariableDeclarationList(node.initializer)
        ? declarations(node.initializer, head, ways)
        : expression(node.initializer, head, ways);
    }
    if (ts.isWhileStatement(node)) {
      const body = statement(node.statement, head, inside);
      enter(condition(node.expression, body, next, ways));
      return head;
    }
    if (ts.isDoStatement(node)) {
      again = point(undefined, []);
      const body = statement(node.statement, again, inside);
      enter(body);
      again.edges = [{ kind: 'next', to: condition(node.expression, head, next, ways) }];
      return head;
    }
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      const body = statement(node.statement, head, inside);
      const bound = ts.isVariableDeclarationList(node.initializer)
        ? (node.initializer.declarations[0] ?? node.initializer)
        : node.initializer;
      const round = point(node, [
        { kind: 'true', to: step(bound, body) },
        { kind: 'false', to: next },
      ]);
      if (ts.isForOfStatement(node) && node.awaitModifier) round.edges.push({ kind: 'throw', to: ways.onThrow });
      enter(round);
      return expression(node.expression, head, ways);
    }
    return next;
  };

  const switchOf = (node: ts.SwitchStatement, next: MutablePoint, ways: Ways): MutablePoint => {
    const inside: Ways = { ...ways, onBreak: (wanted) => (wanted === undefined ? next : ways.onBreak(wanted)) };
    const { clauses } = node.caseBlock;
    let hasDefault = false;
    let after = next;
    const choice = point(node, []);
    for (const clause of [...clauses].reverse()) {
      after = statements(clause.statements, after, inside);
      if (ts.isDefaultClause(clause)) hasDefault = true;
      choice.edges.unshift({ kind: 'next', to: after });
    }
    if (!hasDefault) choice.edges.push({ kind: 'next', to: next });
    return expression(node.expression, choice, ways);
  };

  const tryOf = (node: ts.TryStatement, next: MutablePoint, ways: Ways): MutablePoint => {
    const { catchClause, finallyBlock } = node;
    const copies = new Map<MutablePoint, MutablePoint>();
    /** The finally block, then the target. */
    const through = (target: MutablePoint): MutablePoint => {
      if (!finallyBlock) return target;
      let copy = copies.get(target);
      if (!copy) {
        copy = statements(finallyBlock.statements, target, ways);
        copies.set(target, copy);
      }
      return copy;
    };
    const throughMaybe = (target: MutablePoint | undefined): MutablePoint | undefined => target && through(target);
    const inCatch: Ways = finallyBlock
      ? {
          onThrow: through(ways.onThrow),
          onReturn: (kind) => through(ways.onReturn(kind)),
          onBreak: (label) => throughMaybe(ways.onBreak(label)),
          onContinue: (label) => throughMaybe(ways.onContinue(label)),
        }
      : ways;
    const after = through(next);
    const onThrow = catchClause
      ? step(catchClause, statements(catchClause.block.statements, after, inCatch))
      : inCatch.onThrow;
    return statements(node.tryBlock.statements, after, { ...inCatch, onThrow });
  };

  const outside: Ways = {
    onThrow: exits.throw,
    onReturn: (kind) => exits[kind],
    onBreak: () => undefined,
    onContinue: () => undefined,
  };
  const entry = (): MutablePoint => {
    if (ts.isSourceFile(body)) return statements(body.statements, exits.end, outside);
    if (!body.body) return exits.end;
    if (ts.isBlock(body.body)) return statements(body.body.statements, exits.end, outside);
    // An arrow's expression is what it returns.
    return expression(body.body, step(body.body, exits.return), outside);
  };
  const start = entry();
  return { entry: start, size };
}
