import { setTimeout as pauseFor } from 'node:timers/promises';
import { sealValue } from '../contract/sealed-value';
import { awsConfiguration, type AwsServiceName, type Environment, required } from '../runtime/environment';
import { consoleLog, type Log } from '../runtime/log';
import { createPreSignedPut } from '../runtime/pre-signed-put';
import { createPublicKeyReader } from '../runtime/public-key';
import { createSignedFetch, type SignedFetch } from '../runtime/signed-fetch';
import { createStartExecution, operationFunction } from '../runtime/start-execution';
import { createTableCall } from '../runtime/table';
import { createCompleteCallback, createFindWaiter, createWake } from '../runtime/wake';
import { createHandleGateEvent } from './handle-event';

/** Milliseconds for one call. CloudFormation waits for ten minutes; Lambda, which repeats, for this function's time-out. */
const CALL_TIMEOUT = 5_000;

/** The function was deployed with an ARN that names no region. */
export class RegionMissing extends Error {
  override readonly name = 'RegionMissing';
  constructor(variable: string, arn: string) {
    super(`${variable} is ${arn}; expected an ARN, such as arn:aws:kms:eu-west-1:100000000002:key/…`);
  }
}

/** The gate function: what CloudFormation calls in a stack's own region. Everything that it calls is at home. */
export const composeGate = (
  env: Environment,
  now: () => Date = () => new Date(),
  log: Log = consoleLog,
  pause: (milliseconds: number) => Promise<unknown> = pauseFor,
): ((event: unknown) => Promise<void>) => {
  const call = (signingName: string, service: AwsServiceName, region: string): SignedFetch =>
    createSignedFetch(
      signingName,
      { ...awsConfiguration(env, service), region },
      { now, timeout: CALL_TIMEOUT },
    );
  const regionIn = (variable: string): string => {
    const arn = required(env, variable);
    const region = arn.split(':')[3];
    if (!region) throw new RegionMissing(variable, arn);
    return region;
  };

  const home = required(env, 'HOME_REGION');
  const publicKey = createPublicKeyReader(
    call('kms', 'KMS', regionIn('SEALED_VALUES_KEY')),
    required(env, 'SEALED_VALUES_KEY'),
  );
  return createHandleGateEvent(
    { site: required(env, 'SITE_ID'), region: required(env, 'AWS_REGION') },
    {
      seal: async (value, context) => sealValue({ publicKey: await publicKey(), value, context }),
      startExecution: createStartExecution(
        call('lambda', 'LAMBDA', regionIn('OPERATION_FUNCTION')),
        operationFunction(required(env, 'OPERATION_FUNCTION')),
      ),
      wake: createWake({
        findWaiter: createFindWaiter(
          createTableCall(call('dynamodb', 'DYNAMODB', home), required(env, 'WAITERS_TABLE')),
        ),
        completeCallback: createCompleteCallback(call('lambda', 'LAMBDA', home)),
        now,
      }),
      put: createPreSignedPut(awsConfiguration(env, 'S3').endpoint, { timeout: CALL_TIMEOUT }),
      pause: async (milliseconds) => {
        await pause(milliseconds);
      },
      now,
      log,
    },
  );
};
