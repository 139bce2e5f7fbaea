/** The labelled projects: where they are kept, and a random generator that gives the same sample every time. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderIn, idOf } from '../support/npmPackages.mjs';

export { idOf };

export const here = fileURLToPath(new URL('.', import.meta.url));

/** Outside the repository: third-party code is obtained, never committed. */
export const cache = process.env.SLO_LENS_ACCURACY_CACHE ?? join(homedir(), '.cache', 'slo-lens-accuracy');

/** @typedef {{ name: string, version: string, integrity: string, licence: string, kind: string, part: 'development' | 'held-out', roots: string[] }} Project */

/** @returns {Project[]} */
export const readProjects = () => JSON.parse(readFileSync(join(here, 'projects.json'), 'utf8'));

/** Folder of the unpacked project; the paths of labels are relative to it. */
export const folderOf = (project) => folderIn(cache, project);

/** Numbers from 0 to 1 that follow from a text (FNV-1a, then mulberry32). */
export function randomFrom(text) {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A new list in random order. */
export function shuffled(list, random) {
  const result = [...list];
  for (let index = result.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [result[index], result[other]] = [result[other], result[index]];
  }
  return result;
}
