import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { nodesIn, select, visitNodes } from '../../../src/analyzer/syntax/nodeIndex';
import { callLikes, functions, names } from '../../../src/analyzer/syntax/selections';
import { isFunctionNode, parse, ts, walk } from '../../../src/analyzer/syntax/syntax';

const text = ['forgottenInstances', 'leftParts', 'unended']
  .map((name) => readFileSync(`src/analyzer/ownership/instances/${name}.ts`, 'utf8'))
  .join('\n');

function walked(root: ts.Node, isWanted: (node: ts.Node) => boolean): readonly ts.Node[] {
  const found: ts.Node[] = [];
  walk(root, (node) => {
    if (isWanted(node)) found.push(node);
    return undefined;
  });
  return found;
}

const isCallLike = (node: ts.Node): boolean => ts.isCallExpression(node) || ts.isNewExpression(node);

describe('nodes by kind', () => {
  const { sourceFile } = parse('src/instances.ts', text);

  it('are those of a walk, in its order, below every node', () => {
    let roots = 0;
    for (const root of walked(sourceFile, () => true)) {
      roots++;
      assert.deepEqual(nodesIn(root, callLikes), walked(root, isCallLike));
    }
    assert.ok(roots > 5_000, String(roots));
  });

  it('leave out what is below a node that is refused', () => {
    const both = select<ts.Node>(...functions.kinds, ...callLikes.kinds);
    for (const root of walked(sourceFile, isFunctionNode)) {
      const visited: ts.Node[] = [];
      visitNodes(root, both, (node) => {
        visited.push(node);
        return node === root || !isFunctionNode(node);
      });
      const expected: ts.Node[] = [];
      walk(root, (node) => {
        if (isFunctionNode(node) || isCallLike(node)) expected.push(node);
        return node === root || !isFunctionNode(node);
      });
      assert.deepEqual(visited, expected);
    }
  });

  it('have their parents', () => {
    walk(sourceFile, (node) => {
      ts.forEachChild(node, (child) => assert.equal(child.parent, node));
      return undefined;
    });
  });

  it('are names of values only', () => {
    const { sourceFile: file } = parse(
      'a.ts',
      'interface A extends B { c: D }\nlet e: F<typeof g> = h as I;\nclass J<K> {}',
    );
    assert.deepEqual(
      nodesIn(file, names).map((node) => node.text),
      ['e', 'h', 'J', 'K'],
    );
  });

  it('refuse kinds that are not kept', () => {
    assert.throws(() => select(ts.SyntaxKind.TypeReference), /TypeReference/);
  });

  it('are found in trees as deep as a sum of twenty thousand terms', () => {
    const { sourceFile: file } = parse('a.ts', `f(${'x + '.repeat(20_000)}g());`);
    assert.equal(nodesIn(file, callLikes).length, 2);
    assert.equal(nodesIn(file, names).length, 20_002);
  });
});
