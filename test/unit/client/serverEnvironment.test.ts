/** What the client adds to the environment of the server. */
import assert from 'node:assert/strict';
import { serverEnvironment } from '../../../src/client/serverEnvironment';

describe('environment of the server', () => {
  it('says where compiled code is, and that memory goes back; the server is told which are not for its children', () => {
    assert.deepEqual(serverEnvironment('/compiled', { PATH: '/bin' }), {
      NODE_COMPILE_CACHE: '/compiled',
      MALLOC_TRIM_THRESHOLD_: '131072',
      SLO_LENS_OWN_ENVIRONMENT: 'NODE_COMPILE_CACHE,MALLOC_TRIM_THRESHOLD_',
    });
    assert.equal(serverEnvironment(null, {}).NODE_COMPILE_CACHE, undefined);
  });

  it('who has set one of them means that, also for what the server starts', () => {
    const inherited = { NODE_COMPILE_CACHE: '/mine', MALLOC_TRIM_THRESHOLD_: '1' };
    assert.deepEqual(serverEnvironment('/compiled', inherited), { SLO_LENS_OWN_ENVIRONMENT: '' });
  });
});
