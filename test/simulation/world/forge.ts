import { readFileSync } from 'node:fs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { createJiraServer } from '../../sandbox/atlassian/jira-server';
import { createJiraSite, PROJECT } from '../../sandbox/atlassian/jira-site';
import {
  APP_VERSION,
  ENVIRONMENT_ID,
  INSTALLATION_ID,
  type Outcome,
} from '../../sandbox/atlassian/invocations';
import { answerKvs, KVS_FAILED, KVS_THROTTLED } from '../../sandbox/atlassian/kvs-api';
import { createKvsStore } from '../../sandbox/atlassian/kvs-store';
import {
  type HttpAnswer,
  type HttpRequest,
  json,
  Refused,
  type Wire,
} from '../../sandbox/atlassian/loopback';
import { parseManifest } from '../../sandbox/atlassian/manifest';
import { createTriggers, type ProductEvent, readModules } from '../../sandbox/atlassian/modules';
import { createDirectory, type Withheld } from '../../sandbox/atlassian/people';
import { createQueue } from '../../sandbox/atlassian/queue';
import { approvalWorkflow, plainWorkflow } from '../../sandbox/atlassian/workflow';
import { NotModelled } from '../../sandbox/aws/service';
import { Faults as PlannedFaults } from '../../sandbox/faults';
import { Journal } from '../../sandbox/journal';
import {
  APPROVERS_FIELD,
  MANIFEST_FILE,
  ORGANIZATION,
  PERSON,
  REQUEST_TYPE,
  SITE_ID,
} from '../../sandbox/site';
import { createInstances } from './instances';
import { outside, type Platform } from './platform';
import type { SimulatedTime } from './time';
import type { ForgeDestination, HttpCall, HttpReply } from './wires';

const manifest = parseManifest(readFileSync(MANIFEST_FILE, 'utf8'));
const modules = readModules(manifest);
const contextAri = `ari:cloud:jira::site/${SITE_ID}`;
export const APP_ID = manifest.app.id;
export const CALLBACK_URL = 'https://callback.example/x1/bridge-callback';

/** How Atlassian behaves in one world. */
export interface ForgeWeather {
  /** Milliseconds that a query of the storage, and a search of Jira's, lag behind the writes. */
  readonly queryLag: number;
  readonly searchLag: number;
  readonly approvalEventNamesApprover: boolean;
  /** What somebody takes from the app and gives back, in milliseconds after the start: meanwhile Jira shows it no request. */
  readonly unseen: { readonly withheld: Withheld; readonly from: number; readonly until: number } | undefined;
}

/** Milliseconds that the platform lets a function run. */
const LIMITS: Readonly<Record<string, number>> = {
  'on-sweep': 55_000,
  'on-sweep-rest': 55_000,
};
const LIMIT = 25_000;

type AppHandlers = Readonly<Record<string, (payload: never, context: never) => Promise<unknown>>>;

/** What one invocation of the app runs with. */
interface Running {
  readonly runtime: object;
  readonly accountId: string | undefined;
}
const running = new AsyncLocalStorage<Running>();

/** What the @forge packages find around them, if a function runs. */
export const runtimeAround = (): object | undefined => running.getStore()?.runtime;

const none = (): void => undefined;
const metrics = {
  counter: () => ({ incr: none, incrBy: none, decr: none, decrBy: none }),
  gauge: () => ({ set: none }),
  timing: () => ({ measure: () => ({ stop: none }) }),
};

const runtimeOf = (moduleType: string, moduleKey: string, functionKey: string): object => ({
  appContext: {
    appId: APP_ID.slice(APP_ID.lastIndexOf('/') + 1),
    appVersion: APP_VERSION,
    environmentId: ENVIRONMENT_ID,
    environmentType: 'PRODUCTION',
    installationId: INSTALLATION_ID,
    invocationId: 'invocation',
    ...{ functionKey, moduleKey, moduleType },
    permissions: { scopes: manifest.permissions.scopes, external: manifest.permissions.external ?? {} },
  },
  contextAri,
  proxy: { url: 'https://platform.example', token: 'token' },
  lambdaContext: { awsRequestId: 'invocation', getRemainingTimeInMillis: () => LIMIT },
  tracing: { traceId: '0'.repeat(32), spanId: '0'.repeat(16) },
  metrics,
  externalAuth: [],
  featureFlags: () => false,
  container: {},
  realtime: {},
});

const requestTypes = () => [
  {
    id: REQUEST_TYPE.approved,
    name: 'From the catalogue',
    workflow: approvalWorkflow(true),
    approvers: [PERSON.approver],
  },
  { id: REQUEST_TYPE.unapproved, name: 'Without approval', workflow: plainWorkflow(), approvers: [] },
  {
    ...{ id: REQUEST_TYPE.gate, name: 'Approve a stack', workflow: approvalWorkflow(true), approvers: [] },
    fields: ['summary', 'description', APPROVERS_FIELD].map((id) => ({ id, required: true })),
  },
];

const organizations = () => [{ id: ORGANIZATION.payments, name: 'Payments', members: [PERSON.employee] }];

const aliases = modules.entityProperties.flatMap(({ propertyKey, values }) =>
  values.map(({ path, searchAlias = `${propertyKey}.${path}` }) => ({
    name: searchAlias,
    propertyKey,
    path,
  })),
);

const copied = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);

const asRequest = ({ method, url, headers, body }: HttpCall): HttpRequest => ({
  ...{ method, url, headers, body },
  headersDistinct: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
});

const replied = (answer: HttpAnswer | 'broken'): HttpReply => {
  if (answer === 'broken') throw new NotModelled('a stand-in that breaks connections by itself');
  return answer;
};

/** Jira, its service desk, and the platform that the app runs on: the sandbox's stand-ins without their wire. */
export const createForge = (parts: {
  readonly time: SimulatedTime;
  readonly platform: Platform;
  readonly weather: ForgeWeather;
  readonly onViolation: (problem: string) => void;
  /** Makes the app, as a cold start does. */
  readonly compose: () => object;
  /** Hands a message to the bridge's HTTP API. */
  readonly toBridge: (call: HttpCall) => Promise<HttpReply>;
}) => {
  const { time, platform, weather, onViolation } = parts;
  const wire: Wire = { clock: time, journal: new Journal(), faults: new PlannedFaults() };
  const instances = createInstances(parts.compose);

  /** @param about what the invocation is for: it is the same in every run */
  const invoke = async (
    cause: {
      readonly moduleType: string;
      readonly moduleKey: string;
      readonly functionKey: string;
      readonly accountId?: string | undefined;
    },
    payload: object,
    about: string,
  ): Promise<Outcome> => {
    const { moduleType, moduleKey, functionKey, accountId } = cause;
    const name =
      modules.functions
        .find(({ key }) => key === functionKey)
        ?.handler.split('.')
        .at(-1) ?? '';
    const context = {
      installContext: contextAri,
      principal: accountId === undefined ? undefined : { accountId },
      moduleKey,
      installation: { ari: { installationId: INSTALLATION_ID }, contexts: [{ cloudId: SITE_ID }] },
    };
    try {
      const result = await platform.run(`${functionKey} ${about}`, LIMITS[functionKey] ?? LIMIT, () =>
        running.run({ runtime: runtimeOf(moduleType, moduleKey, functionKey), accountId }, () =>
          instances.using((app) => {
            const handler = (app as AppHandlers)[name];
            if (!handler) throw new Error(`The app exports no ${name}`);
            return handler.call(app, copied(payload) as never, context as never);
          }),
        ),
      );
      return { kind: 'returned', result: copied(result) };
    } catch (error) {
      return { kind: 'threw', error };
    }
  };

  const triggers = createTriggers(
    wire,
    modules,
    {
      invoke: (cause, payload) => invoke(cause, payload, issueIn(payload)),
      connect: none,
      load: none,
      causeOf: () => undefined,
    },
    SITE_ID,
    { eventDelay: 0 },
  );
  const raiseEvent = (event: ProductEvent): void =>
    platform.send(`${event.type} ${issueIn(event.payload)}`, 2_000, () => triggers.raise(event));

  const directory = createDirectory();
  const site = createJiraSite({
    clock: time,
    requestTypes: requestTypes(),
    organizations: organizations(),
    settings: weather,
    raiseEvent,
  });
  const server = createJiraServer({
    wire,
    context: { site, directory, aliases, groups: [], now: time.now, url: () => 'https://site.example' },
    scopes: manifest.permissions.scopes,
    descriptions: undefined,
    onViolation,
  });
  const { unseen } = weather;
  if (unseen) {
    const { withheld } = directory.app;
    time.after(unseen.from, 'rights taken', () => withheld.add(unseen.withheld));
    time.after(unseen.until, 'rights given back', () => withheld.delete(unseen.withheld));
  }
  const store = createKvsStore(time.now, manifest.app.storage?.entities ?? [], {
    queryLag: weather.queryLag,
    expiredLingersFor: 0,
  });

  const queue = createQueue(
    wire,
    { latency: 500 },
    new Map(
      modules.consumers.map(({ queue: name, key, function: functionKey }) => [
        name,
        (event) => invoke({ moduleType: 'consumer', moduleKey: key, functionKey }, event, operationIn(event)),
      ]),
    ),
  );
  const publish = (body: Buffer): Promise<HttpAnswer | 'broken'> => queue.publish('forge-app', body);

  const jira = (call: HttpCall, path: string, accountId: string | undefined): Promise<HttpReply> => {
    const url = new URL(`${path}${call.url.search}`, 'https://site.example');
    const as = accountId === undefined ? 'app' : { accountId };
    const headers = { ...call.headers, authorization: directory.appCredentials(as) ?? '' };
    return platform.cross({
      ...{ service: 'jira', operation: `${call.method} ${pathName(path)}` },
      act: async () => replied(await server(asRequest({ ...call, url, headers }))),
      throttled: () =>
        json(429, { errorMessages: ['Rate limit exceeded.'], errors: {} }, { 'retry-after': '5' }),
      failed: () => json(500, { errorMessages: ['Internal server error.'], errors: {} }),
    });
  };

  const kvs = (call: HttpCall): Promise<HttpReply> => {
    const operation = call.url.pathname.replace('/api/v1/', '');
    return platform.cross<HttpReply>({
      ...{ service: 'kvs', operation },
      act: () => {
        try {
          return answerKvs(store, operation, call.body);
        } catch (error) {
          if (error instanceof Refused) return error.answer;
          throw error;
        }
      },
      throttled: () => KVS_THROTTLED,
      failed: () => KVS_FAILED,
    });
  };

  const forge = ({ type, provider, remote }: ForgeDestination, call: HttpCall): Promise<HttpReply> => {
    const { pathname } = call.url;
    if (type === 'kvs') return kvs(call);
    if (type === 'frc' && remote === 'bridge') {
      return platform.cross({
        ...{ service: 'bridge', operation: pathname },
        act: () => parts.toBridge(call),
        throttled: () => json(429, { message: 'Too Many Requests' }),
        failed: () => json(503, { message: 'Service Unavailable' }),
      });
    }
    if (type === 'fpp' && remote === 'stargate' && pathname.startsWith('/webhook/queue/publish/')) {
      return platform.cross({
        ...{ service: 'queue', operation: 'push' },
        act: async () => replied(await publish(call.body)),
        throttled: () => json(429, { message: 'Too many requests' }),
        failed: () => json(500, { message: 'Something went wrong' }),
      });
    }
    if (type === 'fpp' && remote === 'jira' && provider === 'app') return jira(call, pathname, undefined);
    if (type === 'fpp' && remote === 'jira' && provider === 'user') {
      return jira(call, pathname, running.getStore()?.accountId ?? 'nobody');
    }
    throw new NotModelled(`a Forge request of type ${type} to ${pathname} as ${provider ?? 'nobody'}`);
  };

  /** A message for the app's web trigger, as the platform hands it on. */
  const webTrigger = async (call: HttpCall): Promise<HttpReply> => {
    const module = modules.webTriggers.find(({ key }) => key === 'bridge-callback');
    const request = asRequest(call);
    const outcome = await invoke(
      { moduleType: 'webtrigger', moduleKey: module?.key ?? '', functionKey: module?.function ?? '' },
      {
        ...{ method: call.method, path: call.url.pathname, userPath: '' },
        ...{ body: call.body.toString('utf8'), headers: request.headersDistinct, queryParameters: {} },
      },
      call.headers['webhook-id'] ?? '',
    );
    if (outcome.kind === 'threw') return json(424, { message: 'The function failed' });
    const {
      statusCode,
      headers = {},
      body = '',
    } = outcome.result as {
      readonly statusCode: number;
      readonly headers?: Readonly<Record<string, readonly string[]>>;
      readonly body?: string;
    };
    const flat = Object.entries(headers).map(([name, values]) => [name, values.join(', ')]);
    return { status: statusCode, headers: Object.fromEntries(flat) as Record<string, string>, body };
  };

  return {
    site,
    store,
    forge,
    webTrigger,
    /** Calls a function of a page's resolver for somebody with a licence. */
    agentCall: (functionKey: string, payload: object, issue: { readonly id: string; readonly key: string }) =>
      invoke(
        {
          moduleType: 'jira:issueContext',
          moduleKey: 'issue-context',
          functionKey: 'agent-pages',
          accountId: PERSON.agent,
        },
        {
          call: { functionKey, payload },
          context: {
            ...{
              cloudId: SITE_ID,
              localId: 'local',
              environmentId: ENVIRONMENT_ID,
              environmentType: 'PRODUCTION',
            },
            ...{ moduleKey: 'issue-context', siteUrl: 'https://site.example', accountType: 'licensed' },
            extension: {
              type: 'jira:issueContext',
              issue,
              project: { id: PROJECT.id, key: PROJECT.key, type: 'service_desk' },
            },
          },
        },
        `${functionKey} ${issue.id}`,
      ),
    sweep: () =>
      invoke(
        { moduleType: 'scheduledTrigger', moduleKey: 'sweep', functionKey: 'on-sweep' },
        { context: { cloudId: SITE_ID, moduleKey: 'sweep' }, contextToken: 'opaque' },
        'of requests',
      ),
    /** A person's own request to the site's REST API. */
    ask: (person: keyof typeof PERSON, method: string, path: string, body?: unknown): Promise<HttpReply> =>
      outside(async () =>
        replied(
          await server(
            asRequest({
              ...{ method, url: new URL(path, 'https://site.example') },
              headers: { authorization: directory.credentialsOf(person), 'content-type': 'application/json' },
              body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
            }),
          ),
        ),
      ),
  };
};

const issueIn = (payload: object): string =>
  'issue' in payload ? ((payload.issue as { readonly key?: string }).key ?? '') : '';
const operationIn = (event: object): string =>
  'body' in event ? ((event.body as { readonly operationId?: string }).operationId ?? '') : '';

/** A path without what differs from request to request. */
const pathName = (path: string): string => path.replaceAll(/\/[A-Z]+-\d+(?=\/|$)|\/\d{3,}(?=\/|$)/g, '/…');
