import { awsConfiguration, type Environment, required } from '../runtime/environment';
import { consoleLog, type Log } from '../runtime/log';
import { createSignedFetch } from '../runtime/signed-fetch';
import { createTableCall } from '../runtime/table';
import { createCompleteCallback, createFindWaiter, createWake } from '../runtime/wake';
import { createWakeWaiter } from './wake-waiter';

/** Milliseconds for one call. Lambda repeats what fails. */
const CALL_TIMEOUT = 5_000;

/** The wake function: takes the tenants' stack events. */
export const composeWake = (
  env: Environment,
  now: () => Date = () => new Date(),
  log: Log = consoleLog,
): ((event: unknown) => Promise<void>) => {
  const ports = { now, timeout: CALL_TIMEOUT };
  const dynamodb = createSignedFetch('dynamodb', awsConfiguration(env, 'DYNAMODB'), ports);
  const lambda = createSignedFetch('lambda', awsConfiguration(env, 'LAMBDA'), ports);
  return createWakeWaiter({
    wake: createWake({
      findWaiter: createFindWaiter(createTableCall(dynamodb, required(env, 'WAITERS_TABLE'))),
      completeCallback: createCompleteCallback(lambda),
      now,
    }),
    log,
  });
};
