import { samples } from '../expectLeaks';

samples(
  'ends that are named and not called',
  [
    {
      name: 'a subscription in a teardown',
      code: `export class View {
  constructor(private readonly feed: { subscription: { unsubscribe(): void } }) {}
  ngOnDestroy() {
    this.feed.subscription.unsubscribe; // leak listener/release-unreachable
  }
}`,
    },
  ],
  [
    {
      name: 'an inherited method that is named for its documentation',
      code: `import Layer from './Layer.js';
class FlowLayer extends Layer {
  move() {}
}
/**
 * Ends it.
 * @function
 * @api
 */
FlowLayer.prototype.dispose;
export default FlowLayer;`,
      path: 'src/FlowLayer.js',
    },
  ],
);
