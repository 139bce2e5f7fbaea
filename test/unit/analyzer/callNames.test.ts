/** Calls that are found by their names are those that a pass over all calls would find, in its order. */
import assert from 'node:assert/strict';
import { apiCalls } from '../../../src/analyzer/acquiring/apiCalls';
import { callsNamed, callsOf } from '../../../src/analyzer/program/callNames';
import { methodCalls } from '../../../src/analyzer/program/methodCalls';
import { buildProgram, type FileProgram } from '../../../src/analyzer/program/program';
import { nodesIn } from '../../../src/analyzer/syntax/nodeIndex';
import { calls } from '../../../src/analyzer/syntax/selections';
import { calledName, parse } from '../../../src/analyzer/syntax/syntax';

const text = `
import { watch as look } from 'node:fs';
const all = new Set<string>();
export function open(list: { add(fn: () => void): { add(x: number): void } }, name: 'on' | 'off') {
  list.add(() => all.add(name)).add(1);
  look(name);
  (list as any).add!(2);
  list[name](look);
  new Set([look('b')]);
  (() => undefined)();
  import('./late');
}
`;

function programOf(source: string): FileProgram {
  return buildProgram('src/sample.ts', source, parse('src/sample.ts', source).sourceFile);
}

describe('calls by their names', () => {
  const program = programOf(text);
  const { sourceFile } = program;
  const all = nodesIn(sourceFile, calls);

  it('are those of one name, or of several, in source order', () => {
    for (const names of [['add'], ['look', 'add'], [''], ['nothing']]) {
      const expected = all.filter((call) => names.includes(calledName(call)));
      assert.deepEqual(callsNamed(program, new Set(names)), expected, names.join());
      assert.deepEqual(
        callsNamed(program, (name) => names.includes(name)),
        expected,
      );
    }
    assert.equal(callsOf(program, 'add').length, 4);
  });

  it('of methods leave out functions of the name', () => {
    assert.deepEqual(
      methodCalls(program, new Set(['look', 'add'])).map(({ method }) => method),
      ['add', 'add', 'add', 'add'],
    );
  });

  it('are known by what they name, whatever it is called here', () => {
    const { named, unnamed } = program.once(apiCalls);
    const watched = named.filter(({ name }) => name.module === 'fs' && name.name === 'watch');
    assert.deepEqual(
      watched.flatMap(({ nodes }) => nodes).map((node) => node.getText()),
      ['look(name)', "look('b')"],
    );
    assert.ok(unnamed.some((node) => node.getText() === '(() => undefined)()'));
  });

  it('give every member that is accessed by a fixed name', () => {
    const { accesses } = programOf(`const a = { b: 1 }; a.b; a['b']; a[String(1)];`).callees;
    assert.deepEqual(
      accesses.get('b')?.map((node) => node.getText()),
      ['a.b', "a['b']"],
    );
  });
});
