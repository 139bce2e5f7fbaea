/** Methods of functions. */

/** Gives the function with its `this`, as another one each time. */
export function bindsFunction(name: string): boolean {
  return name === 'bind';
}

/** Runs the function, with a `this` of the caller's choice. */
export function runsFunction(name: string): boolean {
  return name === 'call' || name === 'apply';
}

/** Gives the function that makes objects a base. */
export function setsBase(name: string): boolean {
  return name === 'inherits';
}
