import { composeGate } from '../../../aws-bridge/gate/compose';
import { composeIngress } from '../../../aws-bridge/ingress/compose';
import { composeOperation } from '../../../aws-bridge/operation/compose';
import { composeWake } from '../../../aws-bridge/wake/compose';
import { createApp } from '../../../forge-app/app';
import { FUNCTION } from '../../../infra/names';
import { REGION } from '../../sandbox/organization';
import { createRandom } from '../../sandbox/random';
import { APPROVERS_FIELD, ORGANIZATION, PERSON, REQUEST_TYPE, SITE_ID } from '../../sandbox/site';
import { STATUS } from '../../sandbox/atlassian/workflow';
import { between, choose, createDraw } from '../draw';
import type { Faults } from '../faults';
import { observe } from '../observations';
import { type Aws, type AwsWeather, createAws, TENANTS } from './aws';
import { keptCatalog } from './catalog';
import { CALLBACK_URL, createForge, type ForgeWeather, runtimeAround } from './forge';
import { createInstances } from './instances';
import { createPlatform, type Platform } from './platform';
import { SimulatedTime } from './time';
import type { HttpCall, HttpReply, Wires } from './wires';

/** When every world begins. */
const START = Date.parse('2026-03-02T09:00:00Z');
const MINUTE = 60_000;

/** What a world is like as a whole, besides the single faults. */
export interface Weather extends AwsWeather, ForgeWeather {
  /** Milliseconds by which the clocks of the app and of the bridge are wrong while there are faults. */
  readonly appSkew: number;
  readonly bridgeSkew: number;
  /** Milliseconds until somebody notices that an invocation has died; its time limit at most. */
  readonly noticedAfter: number;
}

export const fairWeather: Weather = {
  losesStackEvents: false,
  tokenMemory: 60 * MINUTE,
  recordDelay: 0,
  nameTaken: 'InvalidParametersException',
  queryLag: 3_000,
  searchLag: 2_000,
  approvalEventNamesApprover: true,
  unseen: undefined,
  startsWait: 0,
  appSkew: 0,
  bridgeSkew: 0,
  noticedAfter: 0,
};

/** @param keeps whether this part of the weather is to be as drawn, or fair */
export const drawWeather = (seed: number, keeps: (part: string) => boolean): Weather => {
  const draw = createDraw(seed);
  const rarely = <Value>(part: keyof Weather, share: number, fair: Value, value: () => Value): Value =>
    draw(`has ${part}`) < share && keeps(`weather ${part}`) ? value() : fair;
  const skew = (part: 'appSkew' | 'bridgeSkew'): number =>
    rarely(part, 0.2, 0, () => between(draw(part), -10, 10) * MINUTE);
  return {
    losesStackEvents: rarely('losesStackEvents', 0.15, fairWeather.losesStackEvents, () => true),
    tokenMemory: rarely(
      'tokenMemory',
      0.4,
      fairWeather.tokenMemory,
      // Often at once: only then does a repeat a few seconds later meet a service that knows nothing of the first one.
      () => Math.max(0, between(draw('tokenMemory'), -10, 10)) * MINUTE,
    ),
    recordDelay: rarely(
      'recordDelay',
      0.3,
      fairWeather.recordDelay,
      () => between(draw('recordDelay'), 0, 90) * 1000,
    ),
    nameTaken: rarely('nameTaken', 0.5, fairWeather.nameTaken, () => 'DuplicateResourceException' as const),
    queryLag: rarely('queryLag', 0.3, fairWeather.queryLag, () => between(draw('queryLag'), 0, 300) * 1000),
    searchLag: rarely(
      'searchLag',
      0.3,
      fairWeather.searchLag,
      () => between(draw('searchLag'), 0, 120) * 1000,
    ),
    approvalEventNamesApprover: rarely(
      'approvalEventNamesApprover',
      0.5,
      fairWeather.approvalEventNamesApprover,
      () => false,
    ),
    unseen: rarely('unseen', 0.2, fairWeather.unseen, () => {
      const from = between(draw('unseen from'), 0, 20 * 60) * 1000;
      const length = between(draw('unseen for'), 1, 10) * MINUTE;
      const withheld = choose(draw('unseen by'), ['issues', 'BROWSE_PROJECTS'] as const);
      return { withheld, from, until: from + length };
    }),
    startsWait: rarely('startsWait', 0.1, 0, () => between(draw('startsWait'), 1, 20) * MINUTE),
    appSkew: skew('appSkew'),
    bridgeSkew: skew('bridgeSkew'),
    noticedAfter: rarely(
      'noticedAfter',
      0.3,
      fairWeather.noticedAfter,
      () => between(draw('noticedAfter'), 1, 60) * 1000,
    ),
  };
};

/** Two secrets, of bytes that are no secret here. */
const SECRETS = {
  webhook: `whsec_${Buffer.alloc(32, 'to the bridge').toString('base64')}`,
  callback: `whsec_${Buffer.alloc(32, 'from the bridge').toString('base64')}`,
};

/** What must never be seen anywhere: these, and every pre-signed address. */
export const UNSPEAKABLE = [...Object.values(SECRETS).map((secret) => secret.slice(6)), 'X-Amz-Signature'];

const eventFor = (call: HttpCall) => ({
  version: '2.0',
  routeKey: `${call.method} ${call.url.pathname}`,
  rawPath: call.url.pathname,
  rawQueryString: '',
  headers: call.headers,
  requestContext: { http: { method: call.method, path: call.url.pathname } },
  body: call.body.toString('utf8'),
  isBase64Encoded: false,
});

const memberIn = (event: unknown, name: string): string => {
  const value: unknown = (event as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : '';
};

/** What another bridge than ours finds around it. */
export interface Surroundings {
  readonly time: SimulatedTime;
  readonly platform: Platform;
  readonly aws: Aws;
  readonly now: () => Date;
  readonly log: (line: object) => void;
  readonly onBroken: (error: unknown) => void;
}

/** The function behind the HTTP API, where it is not our ingress. */
export interface OtherBridge {
  /** Milliseconds that one invocation may take. */
  readonly timeLimit: number;
  readonly compose: () => (event: ReturnType<typeof eventFor>) => Promise<{
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }>;
}

/** Everything at once: a site, an organization, and the product between them, all in one simulated time. */
export const createWorld = (parts: {
  readonly seed: number;
  readonly weather: Weather;
  readonly faults: (lasts: () => boolean) => Faults;
  /** Milliseconds after the start at which nothing goes wrong any more. */
  readonly faultsEnd: number;
  readonly trace?: ((line: string) => void) | undefined;
  readonly otherBridge?: ((around: Surroundings) => OtherBridge) | undefined;
}) => {
  const { seed, weather, faultsEnd } = parts;
  /** What no stand-in should have met: mistakes of the simulation's, or calls that the real services do not have. */
  const broken: string[] = [];
  const onBroken = (error: unknown): void =>
    void broken.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const time = new SimulatedTime(START, onBroken);
  const trouble = (): boolean => time.millis < START + faultsEnd;
  const draw = createDraw(seed);
  const { trace } = parts;
  const platform = createPlatform({
    time,
    draw,
    faults: parts.faults(trouble),
    noticedAfter: weather.noticedAfter,
    trace: trace && ((line) => trace(`${time.now().toISOString().slice(11, 23)} ${line}`)),
  });
  const clockOf = (skew: number) => (): Date => new Date(time.millis + (trouble() ? skew : 0));
  const appNow = clockOf(weather.appSkew);
  const bridgeNow = clockOf(weather.bridgeSkew);

  const logged: string[] = [];
  const log = (line: object): void => {
    const text = JSON.stringify(line);
    logged.push(text);
    trace?.(`      log ${text}`);
  };

  const aws = createAws({ time, platform, weather, secrets: SECRETS });
  aws.lambda.queueStarts(() => Math.min(weather.startsWait, Math.max(0, START + faultsEnd - time.millis)));
  const environment = { ...aws.environment, SITE_ID, CALLBACK_URL };

  // The bridge's functions
  const deployed = (
    name: string,
    limit: number,
    compose: () => (event: never, context: never) => Promise<unknown>,
    labelOf: (event: unknown) => string,
  ): void => {
    const instances = createInstances(compose);
    aws.deploy(
      name,
      limit,
      (event, context) => instances.using((handler) => handler(event, context)),
      labelOf,
    );
  };
  deployed(
    FUNCTION.operation,
    5 * MINUTE,
    () => composeOperation(environment, bridgeNow, log),
    (event) => `operation ${memberIn(event, 'DurableExecutionArn').split('/')[2] ?? ''}`,
  );
  deployed(
    FUNCTION.wake,
    25_000,
    () => composeWake(environment, bridgeNow, log),
    (event) =>
      `wake ${(event as { readonly resources: readonly string[] }).resources[0]?.split('/')[1] ?? ''}`,
  );
  deployed(
    FUNCTION.gate,
    60_000,
    () => composeGate(environment, bridgeNow, log, (pause) => time.sleep(pause)),
    (event) => `gate ${memberIn(event, 'RequestType')} ${memberIn(event, 'StackId').split('/')[1] ?? ''}`,
  );
  const { timeLimit, compose } = parts.otherBridge?.({
    time,
    platform,
    aws,
    now: bridgeNow,
    log,
    onBroken,
  }) ?? {
    timeLimit: 24_000,
    compose: () => composeIngress(environment, bridgeNow, log),
  };
  const ingresses = createInstances<ReturnType<OtherBridge['compose']>>(compose);
  const toBridge = async (call: HttpCall): Promise<HttpReply> => {
    try {
      const answer = await platform.run(`ingress ${call.headers['webhook-id'] ?? ''}`, timeLimit, () =>
        ingresses.using((ingress) => ingress(eventFor(call))),
      );
      return { status: answer.statusCode, headers: answer.headers, body: answer.body };
    } catch {
      return { status: 500, body: JSON.stringify({ message: 'Internal Server Error' }) };
    }
  };

  // The site and the app
  const random = createRandom(seed);
  const forge = createForge({
    ...{ time, platform, toBridge },
    weather: {
      ...weather,
      unseen: weather.unseen && {
        ...weather.unseen,
        from: Math.min(weather.unseen.from, faultsEnd),
        until: Math.min(weather.unseen.until, faultsEnd),
      },
    },
    onViolation: (problem) => void broken.push(problem),
    compose: () =>
      createApp({
        env: {
          BRIDGE_URL: 'https://bridge.example',
          GATEHOUSE_WEBHOOK_SECRET: SECRETS.webhook,
          GATEHOUSE_CALLBACK_SECRETS: SECRETS.callback,
        },
        now: appNow,
        random,
        report: (problem) => log({ problem }),
      }),
  });
  const settings = {
    products: (['queue', 'failing'] as const).flatMap((key) => {
      const productId = aws.products.get(key)?.productId ?? '';
      return [
        { productId, requestTypeId: REQUEST_TYPE.approved },
        { productId, requestTypeId: REQUEST_TYPE.unapproved, approval: 'none' },
      ];
    }),
    accounts: TENANTS.map((id) => ({
      id,
      name: `account-${id}`,
      regions: [REGION],
      organizations: [ORGANIZATION.payments],
    })),
    gates: {
      requestTypeId: REQUEST_TYPE.gate,
      approversField: APPROVERS_FIELD,
      approvers: [PERSON.approver],
    },
    separationOfDuties: true,
    statuses: STATUS,
  };
  forge.site.projectProperties.set('gatehouse', settings);
  for (const [key, value] of keptCatalog(aws.products.values()))
    forge.store.set('plain', key, value, undefined);

  const wires: Wires = {
    sdk: aws.sdk,
    forge: forge.forge,
    runtime: runtimeAround,
    http: (call) =>
      call.url.href.startsWith(CALLBACK_URL)
        ? platform.cross({
            ...{ service: 'web trigger', operation: 'bridge-callback' },
            act: () => forge.webTrigger(call),
            throttled: () => ({ status: 429, headers: { 'retry-after': '1' } }),
            failed: () => ({ status: 500 }),
          })
        : aws.http(call),
  };

  // A sweep every five minutes, whether the one before has ended or not; and sometimes one more
  const sweep = (): void => void forge.sweep().catch(onBroken);
  let sweepLeftOut = false;
  time.every(5 * MINUTE, 'sweep', () => {
    if (trouble() && choose(draw(`sweep at ${time.millis}`), ['none', 'one', 'one', 'two']) === 'none') {
      sweepLeftOut = true;
      return;
    }
    sweep();
    if (trouble() && draw(`second sweep at ${time.millis}`) < 0.2) time.after(20_000, 'sweep', sweep);
  });

  const observations = observe(aws, time);
  return {
    start: START,
    time,
    random,
    observations,
    weather,
    platform,
    aws,
    forge,
    wires,
    broken,
    logged,
    trouble,
    /** Whether Forge has not begun a sweep that was due. */
    sweepLeftOut: () => sweepLeftOut,
    faultsEnd: START + faultsEnd,
  };
};
export type World = ReturnType<typeof createWorld>;
