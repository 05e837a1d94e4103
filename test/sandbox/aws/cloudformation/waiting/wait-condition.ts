import { z } from 'zod';
import { uuidOf } from '../deterministic-ids';
import type { Existing } from '../inventory';
import { FIRST_CALL, type Provider, type Wanted } from '../provider';
import { ResourceRefused } from '../refusals';
import { text, whole } from '../resource-model';
import { type Arrivals, arrive, none, timedOut, verdictOn } from './signals';
import type { Uploads } from './uploads';

/** Seconds that a handle's URL lives, and the longest that a condition waits. */
const URL_LIVES = 86_399;
const LONGEST_WAIT = 43_200;
/** Milliseconds until CloudFormation has noticed what was put into its bucket. */
const NOTICED = 1_000;

interface Handle {
  arrivals: Arrivals;
  /** Called for everything that arrives. */
  readonly listeners: Set<() => void>;
}

const WaitCondition = z.strictObject({
  Handle: text,
  Timeout: whole.pipe(z.int().min(0).max(LONGEST_WAIT)),
  Count: whole.pipe(z.int().min(1)).default(1),
});

const existingOf = ({ stack, type }: Wanted, id: string, attributes: Existing['attributes']): Existing => ({
  ...{ type, account: stack.identity.account, region: stack.identity.region, facts: {} },
  ...{ id, attributes },
});

/** Neither can be changed: another wait is another handle and another condition. */
const unchangeable = {
  takesBack: true,
  update: ({ type }: Wanted) =>
    Promise.reject(new ResourceRefused(`Update to resource type ${type} is not supported.`)),
  remove: (
    { logicalId }: { readonly logicalId: string },
    run: Parameters<Provider['remove']>[1],
    done: Parameters<Provider['remove']>[2],
  ) => run.later(FIRST_CALL, `deletion of ${logicalId}`, () => done(undefined)),
};

/** Wait condition handles and wait conditions: a signal that was put to a handle before anybody waits counts, too. */
export const createWaiting = (
  uploads: Uploads,
): { readonly handles: Provider; readonly conditions: Provider } => {
  const handles = new Map<string, Handle>();
  let issued = 0;

  return {
    handles: {
      ...unchangeable,
      create: (wanted, run, done) => {
        const { id: stackId, region } = wanted.stack.identity;
        const handle: Handle = { arrivals: none, listeners: new Set() };
        const [name, ...path] = stackId.split('/');
        issued += 1;
        const key = [
          encodeURIComponent(name ?? ''),
          ...path,
          uuidOf(stackId, wanted.logicalId, issued),
          wanted.logicalId,
        ].join('/');
        const url = uploads.issue(
          { bucket: `cloudformation-waitcondition-${region}`, region, key, lives: URL_LIVES },
          (body) => {
            handle.arrivals = arrive(handle.arrivals, body);
            for (const listener of handle.listeners) listener();
          },
        );
        handles.set(url, handle);
        const existing = existingOf(wanted, url, {});
        run.later(NOTICED, `completion of ${wanted.logicalId}`, () => done({ existing }));
        return Promise.resolve(existing);
      },
    },
    conditions: {
      ...unchangeable,
      create: async (wanted, run, done) => {
        const { logicalId, stack } = wanted;
        const parsed = WaitCondition.safeParse(wanted.properties);
        if (!parsed.success) {
          const [issue] = parsed.error.issues;
          throw new ResourceRefused(
            `Invalid value for ${issue?.path.join('.') ?? 'a property'} of the wait condition: ${issue?.message ?? ''}`,
          );
        }
        const { Handle: url, Timeout: seconds, Count: count } = parsed.data;
        const handle = handles.get(url);
        if (!handle) throw new ResourceRefused('Handle is not the Ref of a wait condition handle');
        const id = `${stack.identity.id}/${logicalId}`;
        let open = true;
        const end = (outcome: Parameters<typeof done>[0]): void => {
          handle.listeners.delete(look);
          if (open) done(outcome);
          open = false;
        };
        const look = (): void => {
          const verdict = verdictOn(handle.arrivals, count);
          if (verdict === 'waits') return;
          run.later(NOTICED, `end of ${logicalId}`, () =>
            end('data' in verdict ? { existing: existingOf(wanted, id, { Data: verdict.data }) } : verdict),
          );
        };
        handle.listeners.add(look);
        run.later(seconds * 1000, `time limit of ${logicalId}`, () =>
          end({ failure: timedOut(handle.arrivals, count) }),
        );
        look();
        return Promise.resolve(existingOf(wanted, id, {}));
      },
    },
  };
};
