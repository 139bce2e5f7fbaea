/**
 * The analyzer with its parser and catalogue, loaded when the first file has to be judged or looked up: they are two thirds of
 * the program, and a scan of a workspace that is as it was needs none of it. The build makes a bundle of its own of them.
 */
import type * as Analyzer from './analyzer';
import { analyzerBuild } from './version';

let loaded: typeof Analyzer | undefined;

/**
 * The analyzer's front door.
 * @throws where it is of another build than its caller, under whose name verdicts are kept
 */
export function analyzer(): typeof Analyzer {
  if (loaded) return loaded;
  const found = require('./analyzer') as typeof Analyzer;
  if (found.analyzerBuild !== analyzerBuild)
    throw new Error('The analyzer beside this program is of another build: install or build all of its files again.');
  loaded = found;
  return found;
}
