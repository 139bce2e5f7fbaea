/** The file that "Create Definition" writes: the built-in definition, with a word where the requirement contradicts itself. */
import { DEFAULT_DEFINITION_TEXT } from './defaultDefinition';

const CONTRADICTION = '          slo-lens/when: "value > 5"\n';
const WORDS = `          # The requirement contradicts itself here: its objective is "< 5", its alert "> 5". Exactly 5 violates the objective
          # and alerts nobody. It is kept as it was asked for; write "value >= 5" to close the gap, and delete these lines.
          # slo-lens-ignore-next-line alert-gap -- the requirement says "MEDIUM severity issues > 5"
`;

/** The same objectives, services and alerts as without a file, and nothing in it that the linter warns of. */
export function newDefinitionText(): string {
  return DEFAULT_DEFINITION_TEXT.replace(CONTRADICTION, `${WORDS}${CONTRADICTION}`);
}
