/** Kinds of resources that no call acquires by its name: the code around it tells that it is one. */

import type { Holding } from '../../facts/exportFacts';
import type { ResourceKind } from '../../resources/model';
import * as conventions from './instanceWords';

/** The kind of resource that an instance is: its class's own teardown releases it, and so does any other end of it. */
export function instanceKind({ noun, family, until }: Holding): ResourceKind {
  const method = [...new Set([...until, ...conventions.wholeEnds])];
  return {
    ...emptyKind(family, noun),
    id: `${family}/instance-until-${until.join('-')}`,
    release: [{ form: 'method', method }],
  };
}

/** A kind that no call acquires by its name: the code around it tells that it is one. */
export function emptyKind(family: ResourceKind['family'], noun: string): ResourceKind {
  return {
    id: `${family}/${noun}`,
    family,
    noun,
    title: noun,
    severity: 'medium',
    words: [],
    acquire: [],
    release: [],
    heldBy: 'runtime',
    documentation: { what: '', why: '', leaking: '', safe: '', releases: [] },
  };
}
