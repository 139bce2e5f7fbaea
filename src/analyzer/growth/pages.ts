/** Where code runs: in a page, which is loaded anew, or in a process that serves many. */

import type { FileProgram } from '../program/program';
import { isComponentFile } from '../syntax/singleFile';
import { isMarkupScript, usesPage } from '../words/pages';

/** Is the file the code of a page: does it draw elements, or work on the document? */
export function isOfPage({ path, text }: Pick<FileProgram, 'path' | 'text'>): boolean {
  return isComponentFile(path) || isMarkupScript(path) || usesPage(text);
}
