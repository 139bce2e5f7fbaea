/** How components, elements and views are named, described and put up. */
import { mountHooks, teardownHooks } from './hooks';

/** Fields in which a component finds what it is given from outside. */
export const givenFields: ReadonlySet<string> = new Set(['props', 'context']);

/** How a component of a class changes its state, the field it is kept in, and what tells that it is one. */
export const stateSetter = 'setState';
export const stateField = 'state';
export const componentBases = /Component$/;
export const componentHooks: readonly string[] = ['componentDidMount', 'componentWillUnmount'];
export const componentMembers: readonly string[] = ['render', ...componentHooks];

/** Hooks that give a state and the function that changes it. */
export const stateHooks: ReadonlySet<string> = new Set(['useState', 'useSafeState', 'useStateSafe']);

/** Options that tell a component's description from any other object. */
export function isComponentOption(name: string): boolean {
  return (
    mountHooks.has(name) ||
    teardownHooks.has(name) ||
    /^(?:data|props|components|template|mixins|setup|render)$/.test(name)
  );
}

/** Members of these run each time what they are named after changes. */
export const watchGroups: ReadonlySet<string> = new Set(['watch']);

/** Options of a component whose functions are methods of the component: `{ methods: { poll() { this.timer = … } } }`. */
export const memberGroups: ReadonlySet<string> = new Set(['methods', 'computed', 'watch']);

/** Does a call of this name make a class of the members given to it: `Layer.extend({ … })`, `defineComponent({ … })`? */
export function makesClass(name: string, receiver: string): boolean {
  if (name === 'extend') return /^[A-Z]/.test(receiver);
  return /^(?:defineComponent|createReactClass|createClass|component|widget|declare|define)$/.test(name);
}

/** Does a call of this name give the members of one object to another: `Object.assign(Layer.prototype, { … })`? */
export function copiesMembers(name: string | undefined): boolean {
  return name !== undefined && /^_*(?:assign|extend|mixin|augment|merge|defaults)$/i.test(name);
}

export const componentDecorators = /^(?:Component|Directive|Pipe|customElement)\b/;

/** The component at the root of a page is there once. */
export const rootComponents = /^(?:App|Root|AppRoot|Main)(?:Component)?$/;

/** Calls that put a component at the root of a page. */
export function putsAtRoot(name: string): boolean {
  return /^(?:render|hydrate)(?:Root)?$/.test(name);
}

/** Does a call of this name make a root of an element of the page? */
export function makesRoot(name: string): boolean {
  return /^(?:create|hydrate)Root$/.test(name);
}

/** Calls that take away what was put at a root. */
export const unmounting: ReadonlySet<string> = new Set(['unmount', 'unmountComponentAtNode']);

/** Calls by which an application of a device names its root. */
export function registersRoot(callee: string): boolean {
  return /(?:^|\.)AppRegistry\.registerComponent$|^registerRootComponent$/.test(callee);
}

/** Calls that put a component, given as it is, at the root of a page. */
export function putsComponent(name: string): boolean {
  return /^(?:createApp|createSSRApp|createVaporApp|bootstrapApplication|mount|hydrate)$/.test(name);
}

/** What is given the place on the page where it goes, by the option of this name. */
export const targetOption = 'target';

/** Does a call of this name load a component when it is first shown? */
export function loadsLater(name: string): boolean {
  return /^(?:defineAsyncComponent|lazy|loadable)$/.test(name);
}

/** Under this option a component says which others its markup names. */
export const componentsOption = 'components';

/** Option of a component that lists those whose options it takes over. */
export const mixinOption = 'mixins';

/** Does a component of this name lay out or equip what is in it, and show it always? */
export function showsContent(name: string): boolean {
  return /(?:Provider|Layout|Box|Container|Wrapper|Row|Col|Grid|Stack|Flex|Boundary|StrictMode|Suspense|Fragment|Profiler|Transition|KeepAlive|Teleport|VApp)$|^(?:El|V|A|N|Q)?(?:Main|Aside|Header|Footer|Content|Section)$/.test(
    name,
  );
}

/** May what a function of this name makes of a component leave it out, as `withLogin(Page)` does? */
export function mayHide(wrapper: string): boolean {
  return /^(?:with|require|guard|protect|lazy|when|if|only|show|hide|toggle|dialog|modal)/i.test(wrapper);
}

/** The same where nothing else is known: most of what adds something to a component is called `withTheme`. */
export function mayLeaveOut(wrapper: string): boolean {
  return mayHide(
    /^with(?!\w*(?:Auth|Log|Guard|Permi|Access|Role|Load|Modal|Dialog|Popup))/i.test(wrapper) ? '' : wrapper,
  );
}

/** Does a component of this name tell that it shows what is in it at times, again and again, or one of several? */
export function mayComeAndGo(name: string): boolean {
  return /(?:Modal|Dialog|Pop\w+|Tooltip|Drawer|Menu|Dropdown|Tabs?|Tab[\w.]*Panels?|Panes?|Expander|Fold\w*|Fade|Zoom|Match|Case|ClientOnly|Collaps\w*|Accordion|Routes?|Switch|Show|If|When|For|Each|List|Items?|Table|Carousel|Slides?|Steps?|Overlay|Portal|Sheet|Presence|Lazy|Async|Guard|Auth\w*|Require\w*|Protected|Lock|Gate|Loader|Hidden|Toggle|Navigator|Screen|Window)$/.test(
    name,
  );
}

/** Does the call make an element of the component that it is given first? */
export function isElementMaker(name: string): boolean {
  return name === 'createElement' || name === 'h' || name === 'jsx' || isNamespaceMaker(name);
}

/** Is it given the namespace before the name? */
export function isNamespaceMaker(name: string): boolean {
  return name === 'createElementNS';
}

/** The attribute by which an element is put into what it names. */
export const refAttribute = 'ref';

/** Does markup of this framework hand the value of such an attribute on, and never assign to the variable? */
export function handsRefsOn(module: string): boolean {
  return /^p?react(?:$|\/)/.test(module);
}

/** Boxes that a view fills with the element of a template. */
export function isViewBox(maker: string): boolean {
  return /^(?:ref|shallowRef|useTemplateRef|templateRef)$/.test(maker);
}

/** Decorators of fields that hold parts of the view. */
export function isViewQuery(text: string): boolean {
  return /^(?:View|Content)Child/.test(text);
}

/** `view.createComponent(Card)`: what is made lies in a container of the framework, and ends with it. */
export function makesForContainer(name: string): boolean {
  return /^create(?:Component|EmbeddedView)$/.test(name);
}

/** Does the name of a type say that it is a part of the same view, which ends with who asks for it? */
export function namesPart(name: string): boolean {
  return /(?:Component|Directive|Ref|Container|Group|Form|Control|Host|Element|Parent|Panel|Item)$/.test(name);
}

/** Does a method of this name ask how an element is marked just now? */
export function asksElement(name: string): boolean {
  return /^(?:hasAttribute|getAttribute|contains|matches)$/.test(name);
}

/** Is what an element shows assigned by this name? */
export function isShownContent(name: string): boolean {
  return /^(?:innerHTML|innerText|textContent)$/.test(name);
}

/** Is an element given something by which it may hide what is in it: `open`, `v-show`, `:active`? */
export function hidesByProperty(attributes: string): boolean {
  return /(?:^|[\s:{])(?:v-show|v-model|show|shown|is-?open|isOpen|open|opened|visible|isVisible|active|in|when|hidden|expanded|collapsed|value)(?=[\s=}/>]|$)/.test(
    attributes.replace(/"[^"]*"|'[^']*'/g, '""'),
  );
}

/** Does the description of a component name a file with its markup? */
export function hasMarkupElsewhere(description: string): boolean {
  return description.includes('templateUrl');
}
