/** Methods of functions, and types that by their names are functions. */

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

/** What functions have that wait before they run (`save.cancel()`), or that somebody gives a name. */
export function isMemberOfMadeFunctions(name: string): boolean {
  return /^(?:cancel|flush|pending|displayName)$/.test(name);
}

/** What every function has. */
export function isMemberOfFunctions(name: string): boolean {
  return bindsFunction(name) || runsFunction(name) || name === 'name' || name === 'length';
}

/** `ChangeListener`, `Function`, `Handler`, `OnChange`. */
export function namesFunction(type: string): boolean {
  return /(?:Function|Fn|Func|Handler|Listener|Callback|Cb|Observer|Subscriber|Action|Consumer|Delegate|Dispatch|Thunk|Hook)$|(?:^|\.)On[A-Z]/.test(
    type,
  );
}
