import { composeGate } from '../../../../aws-bridge/gate/compose';
import { GateAsked } from '../../../../aws-bridge/runtime/gate-asked';
import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { aGateEvent, aSealingKey, GATE_OPENED_AT } from '../../../builders/gate';
import { SITE } from '../../../builders/orders';
import { type GivenAnswer, type ReceivedRequest, startHttpServer } from '../runtime/http-server';

const HUB = '100000000002';
export const OPERATION = `arn:aws:lambda:eu-central-1:${HUB}:function:gatehouse-operation`;
export const KEY_ARN = `arn:aws:kms:eu-central-1:${HUB}:key/00000000-0000-4000-8000-000000000001`;
export const KEY = aSealingKey();

export type Service = 'kms' | 'lambda' | 'dynamodb' | 's3';
export type Answer = GivenAnswer | 'hang up';

const serviceOf = ({ method, headers }: ReceivedRequest): Service => {
  if (method === 'PUT') return 's3';
  const scope = /Credential=\w+\/\d+\/[\w-]+\/(\w+)\//.exec(headers.authorization ?? '')?.[1];
  if (scope === 'kms' || scope === 'lambda' || scope === 'dynamodb') return scope;
  throw new Error(`No service signs like ${headers.authorization}`);
};

const WELL: Readonly<Record<Service, Answer>> = {
  kms: { status: 200, body: { PublicKey: KEY.publicKey.toString('base64') } },
  lambda: { status: 202 },
  dynamodb: { status: 200, body: {} },
  s3: { status: 200 },
};

/** How Lambda answers where the name stands for an execution with another payload. */
export const ALREADY_STARTED: GivenAnswer = {
  status: 409,
  headers: { 'x-amzn-errortype': 'DurableExecutionAlreadyStartedException' },
  body: {},
};

/** The gate function before AWS's services on loopback, which answer in turn what they are told to, then that all is well. */
export const startGate = async () => {
  let answers: Partial<Record<Service, Answer[]>> = {};
  const { url, received, stop } = await startHttpServer((request) => {
    const service = serviceOf(request);
    return answers[service]?.shift() ?? WELL[service];
  });
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: url,
    SITE_ID: SITE,
    OPERATION_FUNCTION: `${OPERATION}:live`,
    SEALED_VALUES_KEY: KEY_ARN,
    WAITERS_TABLE: 'waiters',
    HOME_REGION: 'eu-central-1',
  };
  const requests = (service: Service): ReceivedRequest[] =>
    received.filter((request) => serviceOf(request) === service);
  const answered = (): Record<string, unknown>[] =>
    requests('s3').map(({ body }) => JSON.parse(body) as Record<string, unknown>);

  /** An instance of the function; `at` is what its clock says. */
  const instance = (at: Date = GATE_OPENED_AT) => {
    const lines: LogLine[] = [];
    const pauses: number[] = [];
    const handle = composeGate(
      environment,
      () => at,
      (line) => lines.push(line),
      (milliseconds) => {
        pauses.push(milliseconds);
        return Promise.resolve();
      },
    );
    return { handle, lines, pauses };
  };

  return {
    environment,
    instance,
    answer: (given: Partial<Record<Service, Answer[]>>): void => {
      answers = { ...given };
    },
    requests,
    /** What CloudFormation was answered. */
    answered,
    /** Executions that were started: their names and payloads. */
    started: () =>
      requests('lambda')
        .filter(({ url: path }) => path.includes('/invocations'))
        .map(({ headers, body }) => ({
          name: String(headers['x-amz-durable-execution-name']),
          asked: GateAsked.parse(JSON.parse(body)),
        })),
    services: (): Service[] => received.map(serviceOf),
    received,
    /** The id that an event's gate gets. */
    gateOf: async (event: unknown = aGateEvent()): Promise<string> => {
      await instance().handle(event);
      const id = answered().at(-1)?.['PhysicalResourceId'];
      received.length = 0;
      if (typeof id !== 'string') throw new Error('The event was not answered');
      return id;
    },
    stop,
  };
};
