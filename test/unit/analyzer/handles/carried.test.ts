import { samples } from '../expectLeaks';

const outline = (
  show: string,
  hide: string,
  more = '',
) => `import { BoxGeometry, EdgesGeometry, LineBasicMaterial, LineSegments, Mesh, Object3D, Scene } from 'three';
export class Outline {
  private readonly material = new LineBasicMaterial();
  private shown: LineSegments | null = null;
  constructor(private readonly scene: Scene) {}
  onPick(part: Mesh) {
    this.hide();
    ${show}
    this.scene.add(this.shown);
  }
  hide() {
    if (!this.shown) return;
    ${hide}
    this.shown = null;
  }
  dispose() {
    this.hide();
    this.material.dispose();
  }
  ${more}
}
export const outline = (scene: Scene) => new Outline(scene);`;
const direct = 'this.shown = new LineSegments(new EdgesGeometry(part.geometry, 25), this.material);';
const leak = ' // leak handle/three-object';

samples(
  'what an object of a scene is made with',
  [
    { name: 'an object that is only taken out', code: outline(direct + leak, 'this.scene.remove(this.shown);') },
    {
      name: 'a constant that the object is given',
      code: outline(
        `const edges = new EdgesGeometry(part.geometry);${leak}\n    this.shown = new LineSegments(edges, this.material);`,
        'this.scene.remove(this.shown);',
      ),
    },
  ],
  [
    {
      name: 'one that is disposed as well',
      code: outline(direct, 'this.scene.remove(this.shown);\n    this.shown.geometry.dispose();'),
    },
    {
      name: 'one that is disposed on a condition',
      code: outline(
        direct,
        'this.scene.remove(this.shown);\n    if (this.shown.visible) this.shown.geometry.dispose();',
      ),
    },
    {
      name: 'one that a helper may dispose',
      code: outline(direct, 'this.scene.remove(this.shown);\n    free(this.shown);').replace(
        'export class',
        'declare function free(one: Object3D): void;\nexport class',
      ),
    },
    {
      name: 'one that is found again by whoever walks over all',
      code: outline(
        direct,
        'this.scene.remove(this.shown);',
        'clear() {\n    this.scene.traverse((one) => free(one));\n  }',
      ).replace('export class', 'declare function free(one: Object3D): void;\nexport class'),
    },
    {
      name: 'a geometry that others have, too',
      code: outline(
        'const edges = edgesOf(part);\n    this.shown = new LineSegments(edges, this.material);',
        'this.scene.remove(this.shown);',
      ).replace('export class', 'declare function edgesOf(part: Mesh): EdgesGeometry;\nexport class'),
    },
  ],
);
