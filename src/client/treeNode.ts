/** What all trees are made of. No editor API. */
import type { Place } from '../report/report';
import { escapeMarkdown, visible } from './words';

export interface TreeNode {
  /** Stable across reports, so that what is open stays open. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly icon: string;
  readonly color: string | undefined;
  /** Said by a screen reader. */
  readonly spoken: string;
  readonly place: Place | null;
  readonly context: string;
  readonly argument: string | null;
  readonly expanded: boolean;
  readonly children: readonly TreeNode[];
}

/** A node with what most of them have. */
export function node(given: Partial<TreeNode> & Pick<TreeNode, 'id' | 'label'>): TreeNode {
  const label = plain(given.label);
  const description = plain(given.description ?? '');
  return {
    tooltip: escapeMarkdown(given.label),
    icon: 'circle-outline',
    color: undefined,
    spoken: `${label} ${description}`.trim(),
    place: null,
    context: '',
    argument: null,
    expanded: false,
    children: [],
    ...given,
    label,
    description,
  };
}

/** A tree has no code font: the marks around code would stand there as they are. */
function plain(text: string): string {
  return visible(text.replace(/`([^`]*)`/g, '$1'));
}
