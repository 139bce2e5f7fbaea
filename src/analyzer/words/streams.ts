/** Names of what gives events as they come, and not one answer. */
import { tellsOfEnd } from './events';

/** Does a method of this name give events as they come, and not one answer: `onSearch()`, `watchTheme()`, `valueChanges()`? */
export function givesEvents(name: string): boolean {
  return (
    /^_*(?:on[A-Z]\w*|(?:watch|observe|listen(?:To|For)?)(?:[A-Z]\w*)?|(?:[a-z]+)?(?:[cC]hanges|[cC]hanged)|(?:[a-z]+)Change)$/.test(
      name,
    ) &&
    !/^_*(?:save|apply|commit|discard|confirm|submit|post|put|push|send|sync|fetch|get|load|find|publish|revert|undo)|^on(?:ce|First|Ready|Load|Init|Boot|Stable|Hid)/.test(
      name,
    ) &&
    // The end of one thing, not of one after the other: `onClose()`, but `onUserRemoved()` comes again.
    !(/^_*on[A-Z][a-z]*$/.test(name) && tellsOfEnd(name))
  );
}

/** `isGranted`, `hasRole`: what is asked may be answered once, or each time it changes. */
export function asksAbout(name: string): boolean {
  return /^_*(?:is|has|can)[A-Z]/.test(name);
}

/** May a method of this name give a stream that goes on, or what has one, and not the answer to one request? */
export function mayGiveStream(name: string): boolean {
  return (
    givesEvents(name) ||
    !/^_*#?(?:get|fetch|load|save|post|put|patch|delete|remove|update|create|find|search|query|request|send|upload|download|check|validate|execute|run|submit|import|export|generate|login|logout|open|after|next|first|last|once|ready|when|wait|init|start|stop|close|confirm|call|invoke|dispatch|make|build|new|of|from)(?:[A-Z_]|$)/.test(
      name,
    )
  );
}

/** Does a function of this name give a stream of what several others give? */
export function joinsStreams(name: string): boolean {
  return /^(?:merge|combineLatest|zip|concat|fromEvent|defer)$/.test(name);
}

/** Does a class of this name watch what it is told to, until it is told to stop: `ResizeObserver`? */
export function observes(name: string): boolean {
  return /(?:Resize|Mutation|Intersection|Performance)Observer$/.test(name);
}

/** `disconnect`, `unobserve`: does a method of this name end what such a class watches? */
export function endsObserving(name: string): boolean {
  return name === 'disconnect' || name === 'unobserve';
}

/** Does a method of this name lead a stream on: into another one, or through operators? */
export function pipes(name: string): boolean {
  return name === 'pipe';
}

/** Does a method of this name cut a stream off from those that it is led into? */
export function cutsPipe(name: string): boolean {
  return name === 'unpipe';
}
