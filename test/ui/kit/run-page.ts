import { format } from 'node:util';
import { bundleResource } from '../../page/resource-bundle';
import type { PageBridge } from '../../page/host/page-bridge';
import type { PageClock } from './page-clock';

/**
 * Runs a UI Kit resource as the platform's frame would. What it finds as the browser's globals is its own: its bridge, its
 * time, its console. So several pages, and several openings of one, do not see each other.
 * @param fail takes whatever goes wrong where no test could catch it
 * @throws Error when the resource does not compile, or fails while it is loaded
 */
export const runPage = async ({
  path,
  bridge,
  clock,
  fail,
}: {
  readonly path: string;
  readonly bridge: PageBridge;
  readonly clock: PageClock;
  readonly fail: (problem: string) => void;
}): Promise<void> => {
  const code = await bundleResource(path, 'development');
  const guarded = (run: () => void) => () => {
    try {
      run();
    } catch (error) {
      fail(`the page failed: ${String(error)}`);
    }
  };
  const globals: Record<string, unknown> = {
    ...clock.timers,
    setTimeout: (run: () => void, delay?: number) => clock.timers.setTimeout(guarded(run), delay),
    // React's scheduler goes on with this: at once, whatever the page's time.
    setImmediate: (run: () => void) => setImmediate(guarded(run)),
    clearImmediate,
    fetch: () => fail('the page calls fetch; it may ask its resolver only'),
    console: { ...console, error: (...what: unknown[]) => fail(`the page reports: ${format(...what)}`) },
  };
  const scope: object = Object.assign(Object.create(globalThis) as object, globals, {
    __bridge: { callBridge: bridge.callBridge },
  });
  const names = ['self', 'globalThis', ...Object.keys(globals)];
  // Not an import: modules are loaded once and would share their globals.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function(...names, `${code}\n//# sourceURL=${path}`)(scope, scope, ...Object.values(globals));
};
