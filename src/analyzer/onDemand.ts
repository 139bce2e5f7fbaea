/**
 * The analyzer with its parser and catalogue, loaded when the first file has to be judged or looked up: they are two thirds of
 * the program, and a scan of a workspace that is as it was needs none of it. The build makes a bundle of its own of them.
 */
import type * as Analyzer from './analyzer';

let loaded: typeof Analyzer | undefined;

/** The analyzer's front door. */
export function analyzer(): typeof Analyzer {
  loaded ??= require('./analyzer') as typeof Analyzer;
  return loaded;
}
