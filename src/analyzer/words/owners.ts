/** Names that say who has something: one for the process, one for each, shared, handed over. */
import { isMaking, isSetup } from './starts';
import { isTeardown } from './teardowns';

export const singletonDecorators = /^(?:Injectable|injectable|singleton|Singleton|Module|Controller|Service)\b/;

/** `@injectable()`, in small letters: there may be one for each who asks. */
export function mayMakeEach(decorator: string): boolean {
  return /^injectable\(\s*\)$/.test(decorator);
}

export const singletonMembers = /^#?_*(?:instance|getInstance|INSTANCE|shared|default|get|singleton|_instance)$/;

/** Classes of which a process has one by their name: it stands for the process. */
export function isOfProcess(name: string): boolean {
  return /(?:^|[a-z])(?:Application|Main(?:Service)?|Daemon|Bootstrapper)$/.test(name);
}

/** A class whose name says nothing else than that. */
export function isProcess(name: string): boolean {
  return isOfProcess(name) && !/[a-z][A-Z]/.test(name);
}

/** `@Injectable({ providedIn: 'root' })`: there is one for as long as the page is there. */
export function isOfPage(decorator: string): boolean {
  return /\bprovidedIn:\s*['"](?:root|platform)['"]/.test(decorator);
}

/** `@Injectable({ scope: Scope.REQUEST })`, `@Scope(ScopeEnum.Prototype)`: a container makes one for each request, or for each who asks. */
export function makesMany(decorator: string): boolean {
  return (
    /^(?:\w*[iI]njectable|Provide|Provider|Service|Scope|scoped|Scoped)\s*\(/.test(decorator) &&
    /\b(?:REQUEST|TRANSIENT|INSTANCE|Request|Transient|Prototype|ResolutionScoped)\b|\btransient:\s*true\b/.test(
      decorator,
    )
  );
}

/** Does the name of a type say that there is one for all, and not one beside each who asks for it? */
export function namesService(name: string): boolean {
  return /(?:Service|Store|Bus|Manager|Registry|Dispatcher|Facade|State|Broker|Hub|Client|Dialog|Router|Intl)$/.test(
    name,
  );
}

/** Does a function of this name give what is there already, and not something that it makes? */
export function givesShared(name: string): boolean {
  return (
    /^_*(?:safe)?get(?:[A-Z]|$)|^(?:instance|current|shared|default)(?:[A-Z]|$)/i.test(name) &&
    !/new|create/i.test(name)
  );
}

/** Does a method of this name give a part that its object keeps, and not a new one? */
export function asksFor(name: string): boolean {
  return /^_*get[A-Z]/.test(name);
}

/** Does a function of this name give an object that others have, too? */
export function isInjecting(name: string): boolean {
  return /^(?:inject|resolve|use[A-Z]\w*)$/.test(name);
}

/** Is an instance of the class, made of nothing, kept by who has it alone? */
export function isLoneSource(className: string): boolean {
  return /(?:TokenSource|AbortController)$/.test(className);
}

/** Functions that keep what they are given, or hand it on, by their name. */
export function keepsGiven(name: string): boolean {
  return /^(?:_*(?:push|add|unshift|enqueue|register|attach|append|track|own|adopt)(?:[A-Z]\w*)?|set|store|insert|put|cache|wrap|create[A-Z]\w*|resolve|callback|cb|done|next|fulfill|emit)$/.test(
    name,
  );
}

/** Does a function of this name take what it is given as its own, or end it? */
export function takesOver(name: string): boolean {
  return (
    isTeardown(name) ||
    isSetup(name) ||
    isMaking(name) ||
    /regist|push|add|own|track|adopt|assign|store|keep|manage|defer|using|dispos|concat|combine|merge|from|wrap|bind|attach|with|set|use|insert|append|to[A-Z]|super|require|then|resolve|^\$/i.test(
      name,
    )
  );
}

/** What such a method gives may be the object that it is called on, ready or changed. */
export function mayGiveItself(name: string): boolean {
  return /^(?:with|set|use|add|as|to|self|get|wait|when|ready|until|connect|open|start|init|load)/.test(name);
}

/** Names of what is given to one thing only: numbers, marks and handles made for it. */
export function isGivenOnce(name: string): boolean {
  return /(?:id|uuid|guid|nonce|timestamp|handle|pid|seq|sequence|counter|index|number|no|num|ref|token)$/i.test(name);
}

/** Does the name of a type say that there is one for each window, or part of one, that is opened? */
export function namesWindow(name: string): boolean {
  return /(?:Window|View|WebContents|Panel|Tab)$/.test(name);
}

/** Does a field of this name hold the node of a tree above its owner? */
export function isParent(name: string): boolean {
  return /^[_#]*parent$/i.test(name);
}
