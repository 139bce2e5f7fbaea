/** The commands that `check` is not: they need the definitions, agents and records of a workspace as well. */
export { bisect } from './bisect';
export { explain } from './explain';
export { history } from './history';
export { slo } from './slo';
