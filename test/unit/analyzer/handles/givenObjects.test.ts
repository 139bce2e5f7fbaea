import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

describe('objects that hold nothing until they are given to something', () => {
  const ball = (shown: string): string => `import * as THREE from 'three';
export class Ball {
  constructor(scene) {
    this.scene = scene;
    this.material = new THREE.MeshBasicMaterial();
    ${shown}
  }
  dispose() {
    this.scene.remove(this.mesh);
  }
}`;
  const cases: readonly [string, string, string][] = [
    ['one that nothing has', '', 'low'],
    [
      'one of which only a member is set',
      "this.material.color.set('red');\n    this.material.needsUpdate = true;",
      'low',
    ],
    ['one that a part of the instance has', 'this.scene.overrideMaterial = this.material;', 'medium'],
    ['one that it has on some runs', 'if (scene.isPlain) this.scene.overrideMaterial = this.material;', 'medium'],
    [
      'one that a handler gives it',
      "scene.on('ready', () => { this.scene.overrideMaterial = this.material; });",
      'medium',
    ],
  ];
  for (const [name, shown, severity] of cases)
    it(`is ${severity}: ${name}`, () => {
      const found = findingsOf(ball(shown), 'src/ball.js').filter(({ kind }) => kind === 'handle/three-object');
      assert.deepEqual(
        found.map((one) => one.severity),
        [severity],
      );
    });
});
