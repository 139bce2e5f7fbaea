/** Single-file components by their names. */

export const component = /\.(?:vue|svelte)$/i;

/** Is the file one component? */
export function isComponentFile(path: string): boolean {
  return component.test(path);
}

/** Components of which an application has one: `App.vue`, `BaseApp.vue`, the layout of all pages. */
const rootComponent = /(?:^|\/)(?:_?app|\w*App|\+layout)\.(?:vue|svelte)$/;

/** Is there one instance of the component in this file, for as long as the page is there? */
export function isRootComponent(path: string): boolean {
  return rootComponent.test(path.replaceAll('\\', '/'));
}
