/**
 * `node test/accuracy/obtain.mjs`: brings the labelled projects into the cache folder (SLO_LENS_ACCURACY_CACHE, else
 * ~/.cache/slo-lens-accuracy), each by its exact version from the npm registry, and checks it against its recorded integrity.
 */
import { pathToFileURL } from 'node:url';
import { obtainPackage } from '../support/npmPackages.mjs';
import { cache, idOf, readProjects } from './projects.mjs';

/** Makes sure that a project lies unpacked in the cache and is the one that was labelled. */
export function obtain(project) {
  obtainPackage(cache, project);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const project of readProjects()) {
    obtain(project);
    console.log(idOf(project));
  }
}
