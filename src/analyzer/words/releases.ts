/** Calls and methods that end one thing, or take it out of where it is kept. */

/** Ends a subscription, or takes it out of where it is kept. */
export function isTakingAway(name: string): boolean {
  return /^(?:dispose|unsubscribe|off|cancel|stop|delete|remove|deleteAndDispose)$/.test(name);
}

/** Functions that empty what is filled again afterwards. */
export function emptiesFirst(name: string): boolean {
  return /^_*(?:clear|empty|reset|removeAll|replaceChildren|dispose|unhook|detach)(?:[A-Z]\w*)?$/.test(name);
}

/** Methods that mostly end a registration, whatever else has them. */
export function endsRegistration(name: string): boolean {
  return /^(?:dispose|unsubscribe|unlisten|unwatch|off)$/.test(name);
}

/** Methods that end the object they are called on, and nothing less. */
export function endsHeld(name: string): boolean {
  return /^(?:unsubscribe|close|destroy|dispose|disconnect|terminate|stop|remove|unlisten|unwatch|shutdown|off)$/.test(
    name,
  );
}

/** Methods that end a part for good: what is stopped, killed or ended may go on, or end by itself soon. */
export function endsPart(name: string): boolean {
  return /^(?:dispose|destroy|close|disconnect|terminate|unsubscribe|shutdown|quit)$/.test(name);
}

/** Methods whose name says that they end something, and nothing that could be asked for. */
export function namesEnd(name: string): boolean {
  return /^(?:unsubscribe|dispose|disconnect|removeAllListeners|destroy|teardown|unlisten|unwatch|removeEventListener)$/.test(
    name,
  );
}

/** Methods of plain collections and of waiting work: to call them says nothing of something that has to end. */
export function isNoEnding(name: string): boolean {
  return /^(?:clear|flush|cancel|abort|delete|remove|unobserve|commit|rollback|free|reset|finish)$/.test(name);
}

/** Does a call of this name no longer keep the process from ending? */
export function letsEnd(name: string): boolean {
  return name === 'unref';
}

/** Functions that end a part of what they are given: `destroyPlayer`, `disposeAll`, `stopTracks`. */
export function isEndingCall(name: string): boolean {
  return /^_*(?:dispose|destroy|close|end|stop|release|clean(?:up|Up)?|tear[dD]own|unload|shutdown|reset|remove|detach|kill|terminate|disconnect)(?:[A-Z_]\w*)?$/.test(
    name,
  );
}

/** `dispose`, `onceDisposed`, `abortAll`: does the name speak of an end, wherever in it? */
export function speaksOfEnd(name: string): boolean {
  return /dispose|unsubscribe|abort/i.test(name);
}

/** Ends something whether it wants or not. */
export function endsByForce(name: string): boolean {
  return /^_*(?:kill|terminate|forceClose|forceKill|exit)(?:[A-Z]\w*)?$/.test(name);
}

/** Does a function of this name end a work, with all that it has begun? */
export function endsWork(name: string): boolean {
  return /^_*(?:clean_?up|dispose|teardown|detach|destroy|finish|finali[sz]e|settle|release|off|unsubscribe|unbind|unlisten|(?:remove|clear)(?:All)?(?:Listener|Handler)s?)(?:All|[A-Z]\w*)?$/i.test(
    name,
  );
}

export function clearsTimer(name: string): boolean {
  return /^(?:clear(?:Timeout|Interval|Immediate)|cancel(?:AnimationFrame|IdleCallback))$/.test(name);
}

/** Does a method of this name take what it is given out of a collection, and leave it as it is? */
export function takesFrom(name: string): boolean {
  return /^_*#?(?:delete|remove|un(?:register|subscribe|watch|observe|listen)|has|indexOf|emit|next|off)(?:[A-Z]\w*)?$/.test(
    name,
  );
}

/** Does a class of this name hold what has to be ended, to end it together? */
export function collectsEnds(name: string): boolean {
  return /(?:^|\.)(?:Subscription|SubSink|Set|(?:Composite)?Disposable(?:Store|Collection|Set|s)?|\w*(?:Subscriptions|Disposables))$/.test(
    name,
  );
}

/** Does a constructor of this name run its function at once, and keep the clean-up that it returns? */
export function takesCleanUp(name: string): boolean {
  return /^(?:\w+\.)?Observable$/.test(name);
}

/** Does a method of this name leave one less in what it is called on? */
export function takesOut(name: string): boolean {
  return /^(?:shift|pop|dequeue|splice|delete|remove)$/.test(name);
}

/** Does a call of this name say that all has been put in, and that it may end? */
export function endsFilling(name: string): boolean {
  return /^(?:end|finish|finali[sz]e|complete)$/.test(name);
}
