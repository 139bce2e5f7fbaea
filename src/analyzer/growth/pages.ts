/** Where code runs: in a page, which is loaded anew, or in a process that serves many. */
import type { FileProgram } from '../program';

/** Is the file the code of a page: does it draw elements, or work on the document? */
export function isOfPage({ path, text }: Pick<FileProgram, 'path' | 'text'>): boolean {
  return /\.(?:[jt]sx|vue|svelte)$/i.test(path) || /(?<![\w$.])(?:document|window|location)\.\w/.test(text);
}
