import assert from 'node:assert/strict';
import { buildGraph, type FlowFacts, type Point } from '../../../../src/analyzer/flow/graph';
import { isFunctionNode, parse, ts } from '../../../../src/analyzer/syntax/syntax';

/** Calls of names that start with `may` throw, `exit()` never returns; every await may reject. */
const facts: FlowFacts = {
  mayThrow: (node) => ts.isAwaitExpression(node) || /^may/.test(node.expression.getText()),
  neverReturns: (node) => node.expression.getText() === 'exit',
};

/**
 * All paths of the first function of a text, each as the calls it makes in order and how it ends. A point is passed at
 * most twice, so that loops have paths of no, one and two rounds.
 */
function pathsOf(code: string): readonly string[] {
  const { sourceFile, syntaxErrors } = parse('sample.ts', code);
  assert.deepEqual(syntaxErrors, []);
  let fn: Parameters<typeof buildGraph>[0] | undefined;
  ts.forEachChild(sourceFile, (node) => {
    if (isFunctionNode(node)) fn ??= node;
  });
  const graph = buildGraph(fn ?? sourceFile, facts);
  const found = new Set<string>();
  const follow = (point: Point, trail: readonly string[], times: ReadonlyMap<number, number>): void => {
    const count = (times.get(point.id) ?? 0) + 1;
    if (count > 2) return;
    const { node } = point;
    const isNamed =
      node !== undefined &&
      !point.isTest &&
      (ts.isCallExpression(node) || ts.isYieldExpression(node) || ts.isFunctionLike(node));
    const label = !isNamed
      ? undefined
      : ts.isCallExpression(node)
        ? node.expression.getText()
        : ts.isYieldExpression(node)
          ? 'yield'
          : 'function';
    const next = label === undefined ? trail : [...trail, label];
    if (point.exit) found.add([...trail, point.exit].join(' '));
    if (!point.exit && point.edges.length === 0) found.add([...next, 'stop'].join(' '));
    const seen = new Map(times).set(point.id, count);
    for (const edge of point.edges) follow(edge.to, edge.kind === 'throw' ? [...next, '!'] : next, seen);
  };
  follow(graph.entry, [], new Map());
  return [...found].sort();
}

function expectPaths(code: string, expected: readonly string[]): void {
  assert.deepEqual(pathsOf(code), [...expected].sort());
}

describe('control-flow graph', () => {
  it('follows statements in order and stops at return', () => {
    expectPaths('function f() { a(); return b(); c(); }', ['a b return']);
  });

  it('evaluates arguments before the call', () => {
    expectPaths('function f() { outer(inner(), last()); }', ['inner last outer end']);
  });

  it('forks at if, with and without else', () => {
    expectPaths('function f(x) { if (x) a(); else b(); if (x) c(); }', ['a c end', 'a end', 'b c end', 'b end']);
  });

  it('short-circuits conditions and values', () => {
    expectPaths('function f(x, y) { if (x() && !y()) a(); }', ['x y a end', 'x y end', 'x end']);
    expectPaths('function f(x) { x() || a(); x() ?? b(); }', ['x a x b end', 'x a x end', 'x x b end', 'x x end']);
  });

  it('knows constant conditions', () => {
    expectPaths('function f() { while (true) { if (a()) break; } b(); }', ['a a b end', 'a b end']);
  });

  it('lets an exception leave the function', () => {
    expectPaths('function f() { may(); a(); }', ['may ! throw', 'may a end']);
    expectPaths('function f() { a(); throw b(); }', ['a b ! throw']);
  });

  it('lets an await reject', () => {
    expectPaths('async function f() { await a(); b(); }', ['a ! throw', 'a b end']);
  });

  it('catches', () => {
    expectPaths('function f() { try { may(); a(); } catch { b(); } c(); }', ['may ! b c end', 'may a c end']);
  });

  it('runs finally on every way out', () => {
    expectPaths('function f(x) { try { if (x) return a(); may(); } finally { z(); } b(); }', [
      'a z return',
      'may ! z throw',
      'may z b end',
    ]);
  });

  it('runs finally after catch, and when catch throws', () => {
    expectPaths('function f() { try { may(); } catch { mayAgain(); } finally { z(); } }', [
      'may ! mayAgain ! z throw',
      'may ! mayAgain z end',
      'may z end',
    ]);
  });

  it('lets a return in finally replace an exception', () => {
    expectPaths('function f() { try { may(); } finally { return z(); } }', ['may ! z return', 'may z return']);
  });

  it('runs nested finally blocks from the inside out, also for break', () => {
    expectPaths('function f() { for (;;) { try { try { break; } finally { y(); } } finally { z(); } } b(); }', [
      'y z b end',
    ]);
  });

  it('repeats loops', () => {
    expectPaths('function f() { for (i(); c(); n()) a(); }', ['i c a n c end', 'i c end']);
    expectPaths('function f() { do a(); while (c()); }', ['a c a c end', 'a c end']);
    expectPaths('function f(xs) { for (const x of xs) a(); b(); }', ['a b end', 'b end']);
  });

  it('continues and breaks, with labels', () => {
    expectPaths('function f(xs) { for (const x of xs) { if (x) continue; a(); } b(); }', ['a b end', 'b end']);
    expectPaths('function f() { outer: for (;;) { for (;;) { a(); break outer; } } b(); }', ['a b end']);
    expectPaths('function f() { block: { a(); break block; } b(); }', ['a b end']);
  });

  it('chooses cases, falls through and knows a missing default', () => {
    expectPaths('function f(x) { switch (x) { case 1: a(); case 2: b(); break; } c(); }', [
      'a b c end',
      'b c end',
      'c end',
    ]);
    expectPaths('function f(x) { switch (x) { case 1: a(); break; default: b(); } }', ['a end', 'b end']);
  });

  it('skips an optional call with its arguments', () => {
    expectPaths('function f(x) { x?.m(a()); b(); }', ['a x?.m b end', 'b end']);
  });

  it('lets the consumer of a generator stop at a yield, through finally', () => {
    expectPaths('function* f() { try { yield 1; a(); } finally { z(); } }', ['yield a z end', 'yield z abandon']);
  });

  it('does not enter nested functions', () => {
    expectPaths('function f() { g(() => may()); const o = { m() { may(); } }; }', ['function g function end']);
  });

  it('ends with the process', () => {
    expectPaths('function f(x) { if (x) exit(); a(); }', ['exit stop', 'a end']);
  });

  it('returns the expression of an arrow', () => {
    const { sourceFile } = parse('sample.ts', 'const f = () => may();');
    let arrow: ts.ArrowFunction | undefined;
    const visit = (node: ts.Node): void => {
      if (ts.isArrowFunction(node)) arrow = node;
      ts.forEachChild(node, visit);
    };
    visit(sourceFile);
    assert.ok(arrow);
    const exits = new Set<string>();
    const points: Point[] = [buildGraph(arrow, facts).entry];
    for (const point of points) {
      if (point.exit) exits.add(point.exit);
      for (const edge of point.edges) points.push(edge.to);
    }
    assert.deepEqual([...exits].sort(), ['return', 'throw']);
  });

  it('survives broken, empty and enormous code', () => {
    const { sourceFile } = parse('sample.ts', 'function f( { if (x) { break foo; continue } try { } case: ');
    assert.ok(buildGraph(sourceFile, facts).size > 0);
    expectPaths('function f() {}', ['end']);
    const long = `function f() { return ${Array.from({ length: 5000 }, (_, index) => `x${index}`).join(' + ')}; }`;
    assert.ok(buildGraph(firstFunction(long), facts).size > 5000);
    const deep = `function f() { ${'try { '.repeat(12)} may(); ${'} finally { z(); }'.repeat(12)} }`;
    assert.ok(buildGraph(firstFunction(deep), facts).size < 5000);
  });
});

function firstFunction(code: string): ts.FunctionDeclaration {
  const [first] = parse('sample.ts', code).sourceFile.statements;
  assert.ok(first && ts.isFunctionDeclaration(first));
  return first;
}
