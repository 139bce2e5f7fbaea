import assert from 'node:assert/strict';
import { findingsOfFiles } from '../expectLeaks';

describe('registries that a component empties as a whole', () => {
  const shortcuts = (emptier: string): string => `let table = {};
export function addShortcut(keys, run) {
  table[keys] = run;
}
export function removeShortcut(keys) {
  delete table[keys];
}
${emptier}
export const press = (keys) => table[keys]?.();`;
  const whole = 'export function clearAllShortcuts() {\n  table = {};\n}';
  const screen = (keys: string, end: string): string => `import { addShortcut, clearAllShortcuts } from './shortcuts';
import { Component } from 'react';
export class Screen extends Component {
  componentDidMount() {
    addShortcut(${keys}, () => this.save());
  }
  componentWillUnmount() {
    ${end}
  }
}`;
  const effect = (end: string): string => `import { useEffect } from 'react';
import { addShortcut, clearAllShortcuts } from './shortcuts';
export function useSave(keys, save) {
  useEffect(() => {
    addShortcut(keys, save);
    ${end}
  }, [keys, save]);
}`;
  const leak = ['cache/kept-by-registry'];
  const cases: readonly [string, string, string, readonly string[]][] = [
    ['is silent where it puts a new table there', whole, screen('this.keys', 'clearAllShortcuts();'), []],
    [
      'is silent where it takes out each',
      'export const clearAllShortcuts = () => Object.keys(table).forEach((keys) => removeShortcut(keys));',
      screen('this.keys', 'clearAllShortcuts();'),
      [],
    ],
    ['is silent in the clean-up of an effect', whole, effect('return () => clearAllShortcuts();'), []],
    ['is silent where the next comes into the place of this', whole, screen("'ctrl+s'", 'this.forget();'), []],
    ['reports what nothing empties', whole, screen('this.keys', 'this.forget();'), leak],
    ['reports what is emptied at times', whole, screen('this.keys', 'if (this.dirty) clearAllShortcuts();'), leak],
    [
      'reports what an early way out leaves',
      whole,
      screen('this.keys', 'if (!this.dirty) return;\n    clearAllShortcuts();'),
      leak,
    ],
    [
      'reports what only a handler empties',
      whole,
      screen('this.keys', "this.button.addEventListener('click', () => clearAllShortcuts());"),
      leak,
    ],
    [
      'reports an emptier that looks at each',
      'export const clearAllShortcuts = () => Object.keys(table).forEach((keys) => { if (table[keys].idle) removeShortcut(keys); });',
      screen('this.keys', 'clearAllShortcuts();'),
      leak,
    ],
    [
      'reports an effect that empties before it adds',
      whole,
      effect('return () => console.log(clearAllShortcuts.name);'),
      leak,
    ],
  ];
  for (const [name, emptier, caller, expected] of cases)
    it(name, () => {
      const found = findingsOfFiles({ 'src/shortcuts.js': shortcuts(emptier), 'src/screen.jsx': caller }).flatMap(
        ({ path, findings }) => (path === 'src/screen.jsx' ? findings.map(({ kind }) => kind) : []),
      );
      assert.deepEqual(
        found.filter((kind) => kind.startsWith('cache/')),
        expected,
      );
    });
});
