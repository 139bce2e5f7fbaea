/** What is known of a teardown that leaves a part: who leaves it, and by what words others would end it. */
import type { Owner } from '../../program/members';
import type { ResourceKind } from '../../resources/model';
import { type FunctionNode, lineOf } from '../../syntax/syntax';
import { instanceKind } from './instanceKind';
import type { Teardown } from './teardowns';

/** Who leaves a part: the class, its teardowns, the one that is told, and what runs with them. */
export interface Leaving {
  readonly owner: Owner;
  readonly last: Teardown;
  readonly reached: readonly FunctionNode[];
}

/** "`destroy` (line 12) leaves it" */
export function leavesText({ name, functions }: Teardown, what: string): string {
  const [written] = functions;
  return `\`${name}\`${written ? ` (line ${lineOf(written)})` : ''} leaves ${what}`;
}

const elements = instanceKind({
  noun: 'element',
  family: 'handle',
  at: '',
  until: ['unsubscribe', 'off', 'unlisten', 'undo'],
});

/** Whatever ends something, by any of the words for it. */
export const endingElements: ResourceKind = {
  ...elements,
  id: 'handle/element-that-ends',
  release: [...elements.release, { form: 'invoked' }],
};
