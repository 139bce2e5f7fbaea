/** A single-file component of which there is one for as long as the page is there. */
import { isComponentFile, isRootComponent } from '../../../syntax/singleFile';
import { type Frequency, onlyInstance } from './frequency';
import type { Judge } from './judge';

/** By its name, or because all other files together show it once and always; undefined where it may be there more often. */
export function onlyComponent(judge: Judge): Frequency | undefined {
  const { path } = judge.program;
  if (!isComponentFile(path)) return undefined;
  if (isRootComponent(path)) return onlyInstance;
  const question = judge.asked('put', ['default']);
  return question && { ...onlyInstance, given: [question] };
}
