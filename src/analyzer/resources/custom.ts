/** Kinds and types that a workspace adds to the catalogue, in its data format with what may be left out filled in. */

import type { Family } from '../findings/findings';
import type { TypeEntry } from './apiTypes';
import { withArticleFirst } from './articles';
import type { KindDocumentation, ResourceKind } from './model';

type Required = 'id' | 'noun' | 'words' | 'acquire' | 'release';
/** A kind as written in a configuration: documentation and most words about it may be missing. */
export type CustomKind = Pick<ResourceKind, Required> &
  Partial<Omit<ResourceKind, Required | 'family' | 'documentation'>> & {
    readonly documentation?: Partial<KindDocumentation>;
  };

export interface CustomEntries {
  readonly kinds: readonly CustomKind[];
  readonly types: readonly TypeEntry[];
}

export const noCustomEntries: CustomEntries = { kinds: [], types: [] };

const families: Readonly<Record<string, Family>> = { listener: 'listener', handle: 'handle', cache: 'cache' };

/** The kind with everything filled in that its author left out. */
export function completeKind(given: CustomKind): ResourceKind {
  const { documentation = {}, ...rest } = given;
  const family = families[given.id.slice(0, given.id.indexOf('/'))] ?? 'handle';
  const participle = given.participle ?? (family === 'listener' ? 'removed' : 'released');
  return {
    severity: 'medium',
    heldBy: 'runtime',
    title: `The ${given.noun} is never ${participle}`,
    pathSensitive: family === 'handle',
    ...rest,
    participle,
    family,
    documentation: {
      what: `${withArticleFirst(given.noun)} that is never ${participle}. A kind of this workspace's own configuration.`,
      why: 'Each one that is left over stays for as long as what holds it.',
      leaking: '',
      safe: '',
      releases: releasesOf(given),
      ...documentation,
    },
  };
}

function releasesOf({ release }: CustomKind): readonly string[] {
  return release.flatMap((form) => {
    switch (form.form) {
      case 'method':
      case 'removal':
      case 'whole':
      case 'transfer-method':
        return form.method.map((method) => `\`${method}()\``);
      case 'call':
      case 'transfer':
        return form.callee.map(({ name }) => `\`${name}()\``);
      default:
        return [];
    }
  });
}
