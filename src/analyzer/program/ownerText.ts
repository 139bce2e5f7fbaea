/** What stands for the name of an owner that has none: `export default class extends View`, `export default { … }`. */
export const unnamedClass = 'class';
export const unnamedObject = 'object';

/** An owner as messages name it: quoted, or what it is. */
export function ownerText(name: string): string {
  return name === unnamedClass || name === unnamedObject ? `its ${name}` : `\`${name}\``;
}
