import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../../aws-bridge/contract/canonical-json';
import { open } from '../../aws-bridge/contract/codec';
import { ApprovedOperation, WebhookMessage } from '../../aws-bridge/contract/messages';
import { Order, sealedParameterContext } from '../../aws-bridge/contract/order';
import { signingKey } from '../../aws-bridge/contract/signature';
import { createReportOperations, type ExecutionFound } from '../../aws-bridge/ingress/report-operations';
import { createStartOperation } from '../../aws-bridge/ingress/start-operation';
import { createLaunchPathMemory } from '../../aws-bridge/operation/launch-paths';
import { SealedValueNotOpened } from '../../aws-bridge/operation/open-sealed';
import { createOperation } from '../../aws-bridge/operation/operation';
import type { ProvisionRequest, Tenant } from '../../aws-bridge/operation/tenant-port';
import { AlreadyStarted, GateClosed } from '../../aws-bridge/runtime/refusals';
import { createSignedEndpoint } from '../../aws-bridge/runtime/signed-endpoint';
import type { Approval } from '../../forge-app/approval/judge-approval';
import { createBridge } from '../../forge-app/bridge/bridge';
import { createDeliver } from '../../forge-app/delivery/deliver';
import { createCheckOrder } from '../../forge-app/request/check-order';
import { createLook } from '../../forge-app/request/look';
import { createLookForDecision } from '../../forge-app/request/look-for-decision';
import { createPerform } from '../../forge-app/request/perform';
import { createRequests } from '../../forge-app/request/requests';
import type { RequestRecord } from '../../forge-app/request/record';
import { aCatalog, aParameter, aProduct, aVersion, aVersionDescription } from '../builders/catalog';
import { aSealedValue, REQUEST_KEY, SITE } from '../builders/orders';
import { projectSettings, REQUEST_TYPE } from '../builders/settings';
import { DATA_PROD, PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { PERSON } from '../sandbox/site';
import { aStore } from '../unit/forge-app/request/a-store';
import { standInGate } from '../unit/aws-bridge/operation/stand-in-gate';
import { type Elsewhere, SEALED_PARAMETER } from './changes';

const ISSUE = '10042';
const PLACE = { siteId: SITE, appId: 'app' };
const [SEALED, OTHER_SEALED] = [aSealedValue('A'), aSealedValue('Q')];
const PLAIN: Readonly<Record<string, string>> = {
  [SEALED]: 'correct-horse',
  [OTHER_SEALED]: 'battery-staple',
};
const STATUSES = projectSettings().statuses;

export const ELSEWHERE: Elsewhere = {
  product: { productId: 'prod-twin', provisioningArtifactId: 'pa-twin' },
  version: 'pa-bucketv2',
  path: 'lpv2-another',
  sealed: OTHER_SEALED,
};

export const ORDER: Order = Order.parse({
  ...{ productId: 'prod-bucket', provisioningArtifactId: 'pa-bucketv1', pathId: null },
  ...{ account: PAYMENTS_DEV, region: REGION, name: 'binding', requester: PERSON.employee },
  parameters: { RetentionDays: '7', DataClassification: 'confidential' },
  sealedParameters: { [SEALED_PARAMETER]: SEALED },
  tags: { 'cost-centre': '0815', 'gatehouse:request': REQUEST_KEY },
});

/** What the form holds of an order. */
export const formOf = (order: Order) => {
  const { productId, provisioningArtifactId, account, region, name, parameters } = order;
  const { tags, sealedParameters, pathId } = order;
  const { 'gatehouse:request': request, ...own } = tags;
  return {
    ...{ productId, provisioningArtifactId, account, region, name, parameters },
    tags: request === REQUEST_KEY ? own : tags,
    ...(pathId !== null && { pathId }),
    ...(sealedParameters && { sealedParameters }),
  };
};

const described = aVersionDescription({
  parameters: [
    ...['RetentionDays', 'DataClassification', 'Encryption'].map((key) =>
      aParameter({ key, default: 'by default' }),
    ),
    aParameter({ key: SEALED_PARAMETER, noEcho: true, default: 'none' }),
  ],
});
const versions = [aVersion({ described }), aVersion({ id: ELSEWHERE.version, name: 'v2', described })];
const CATALOG = aCatalog({
  products: [
    aProduct({ versions }),
    aProduct({ id: 'prod-twin', name: 'Twin', versions: [aVersion({ id: 'pa-twin', described })] }),
  ],
});
const SETTINGS = projectSettings({
  products: CATALOG.products.map(({ id }) => ({
    productId: id,
    requestTypeId: REQUEST_TYPE,
    approval: 'required',
  })),
  accounts: [PAYMENTS_DEV, DATA_PROD].map((id) => ({
    ...{ id, name: `account ${id}`, regions: [REGION, 'us-east-1'], organizations: 'everyone' as const },
  })),
});

/** A comment of the app's, and what somebody has made of it. */
interface Comment {
  readonly created: Date;
  body: string;
  public: boolean;
  edited: boolean;
}

/**
 * One request with all the code that it goes through, on both sides, in one process. What stands in are Jira's answers, the app's
 * storage, the names of executions, and the tenant account, which keeps what it is asked to launch. Time passes only between calls.
 */
export const aRequestWorld = (secret: string) => {
  let time = Date.parse('2026-01-15T09:00:00Z');
  const now = () => new Date(time);
  const { store, record } = aStore();
  const jira = {
    status: STATUSES.awaitingApproval,
    reporter: PERSON.employee as string,
    property: formOf(ORDER) as unknown,
    comments: [] as Comment[],
    told: [] as string[],
    approvals: [] as Approval[],
  };
  let queue: { readonly operationId: string; readonly due: number }[] = [];
  let holders = 0;

  // AWS
  const launched: { readonly order: string; readonly token: string }[] = [];
  const executions = new Map<string, string>();
  const contexts = new Map(
    [
      ORDER,
      { ...ORDER, productId: 'prod-twin' },
      { ...ORDER, account: DATA_PROD },
      { ...ORDER, requester: PERSON.colleague },
    ].map(({ requester, productId, account }) => {
      const parameter = SEALED_PARAMETER;
      return [
        sealedParameterContext({ site: SITE, requester, productId, account, parameter }),
        requester,
      ] as const;
    }),
  );

  const tenantOf = (account: string, region: string, requester: string): Partial<Tenant> => ({
    launchPaths: () => Promise.resolve([{ id: 'lpv2-only', name: 'Self-service' }]),
    provision: (request: ProvisionRequest) => {
      const { [SEALED_PARAMETER]: opened, ...parameters } = request.parameters;
      const sealed = Object.keys(PLAIN).find((value) => PLAIN[value] === opened);
      launched.push({
        token: request.provisionToken,
        order: canonicalJson({
          ...{ productId: request.productId, provisioningArtifactId: request.provisioningArtifactId },
          ...{ account, region, pathId: request.pathId === 'lpv2-only' ? null : request.pathId, parameters },
          ...(sealed !== undefined && { sealedParameters: { [SEALED_PARAMETER]: sealed } }),
          ...{ tags: request.tags, name: request.provisionedProductName.slice(0, -11), requester },
        }),
      });
      return Promise.resolve({
        ...{ id: 'rec-one', status: 'CREATED' },
        ...{ provisionedProductId: 'pp-one', provisionedProductType: 'TERRAFORM_OPEN_SOURCE' },
      });
    },
    record: () => Promise.resolve({ status: 'SUCCEEDED', errors: [], outputs: [] }),
  });

  const ended = new Map<string, string>();
  /** Runs an execution to its end, each step once. */
  const execute = async (name: string, payload: string): Promise<void> => {
    const parsed = ApprovedOperation.safeParse(JSON.parse(payload)).data;
    const operation = createOperation({
      ...{ site: SITE, now, log: () => undefined, paths: createLaunchPathMemory(), gate: standInGate() },
      enterTenant: ({ account, region }) =>
        Promise.resolve(tenantOf(account, region, parsed?.order.requester ?? '') as Tenant),
      openSealed: (sealed, context) => {
        const plain = PLAIN[sealed];
        // Whoever could have sealed it for something else has done so.
        return plain !== undefined && contexts.has(context)
          ? Promise.resolve(plain)
          : Promise.reject(new SealedValueNotOpened());
      },
      registerWaiter: () => Promise.resolve(),
      tellApp: () => Promise.resolve('delivered'),
      answerTest: () => Promise.resolve({ state: 'taken' }),
    });
    const context = {
      step: (_name: string, work: (step: { attempt: number }) => Promise<unknown>) => work({ attempt: 1 }),
      createCallback: () => Promise.resolve([new Promise(() => undefined), 'callback']),
    };
    // The SDK's context has more than an operation uses.
    const result = await operation(JSON.parse(payload), context as never);
    ended.set(name, JSON.stringify(result));
  };

  const startExecution = async (name: string, payload: string): Promise<string> => {
    const before = executions.get(name);
    if (before !== undefined && before !== payload) throw new AlreadyStarted();
    if (before === undefined) {
      executions.set(name, payload);
      await execute(name, payload);
    }
    return `arn:${name}`;
  };
  const startOperation = createStartOperation({ startExecution });
  const reportOperations = createReportOperations({
    findExecution: (name): Promise<ExecutionFound> =>
      Promise.resolve(
        executions.has(name) ? { status: 'succeeded', result: ended.get(name) } : { status: 'none' },
      ),
  });
  let reachable = true;
  const ingress = createSignedEndpoint(
    { path: '/webhook', site: SITE, open: (sealed) => open(WebhookMessage, sealed) },
    {
      signingKeys: () => Promise.resolve([signingKey(secret)]),
      checkToken: undefined,
      respond: async (message) => {
        if (message.type === 'operation.approved') {
          const { accepted } = await startOperation(message.data);
          return { status: 202, body: accepted, outcome: 'started' };
        }
        if (message.type !== 'operations.requested') throw new GateClosed();
        return { status: 200, body: await reportOperations(message.data.operationIds), outcome: 'reported' };
      },
      now,
      log: () => undefined,
    },
  );
  const post = async (headers: Readonly<Record<string, string>>, body: string): Promise<number> => {
    const event = { rawPath: '/webhook', requestContext: { http: { method: 'POST' } }, headers, body };
    const answer = await ingress({ ...event, isBase64Encoded: false });
    return answer.statusCode;
  };

  // The app
  const issues = {
    issue: () =>
      Promise.resolve({
        ...{ id: ISSUE, key: REQUEST_KEY, projectId: '10000', closed: false },
        ...{ status: jira.status, reporter: jira.reporter, property: jira.property },
      }),
  };
  const settingsOf = () => Promise.resolve({ outcome: 'read' as const, settings: SETTINGS });
  const requests = createRequests({
    store,
    perform: createPerform({
      queue: {
        push: (operationId, delay) =>
          Promise.resolve(void queue.push({ operationId, due: time + delay * 1000 })),
      },
      issues,
      requests: {
        addComment: (_issueId, { body, public: visible }) => {
          jira.comments.push({ created: now(), body, public: visible, edited: false });
          jira.told.push(body);
          return Promise.resolve();
        },
        hasComment: (_issueId, line) =>
          Promise.resolve(jira.comments.some(({ body }) => body.includes(line))),
      },
      properties: { put: () => Promise.resolve() },
      transitions: { to: () => Promise.resolve(undefined), take: () => Promise.resolve() },
      ...{ settingsOf, now, report: () => undefined },
    }),
    ...{ now, newHolder: () => `holder-${(holders += 1)}`, report: () => undefined },
  });
  const membershipsOf = () => Promise.resolve({ organizations: [], groups: [] });
  const checkOrder = createCheckOrder({
    ...{ requests, issues, membershipsOf, settingsOf, now },
    customers: {
      requestTypeOf: () => Promise.resolve(REQUEST_TYPE),
      approvalsOf: () => Promise.resolve(jira.approvals),
    },
    catalog: { forOrder: () => Promise.resolve(CATALOG) },
    syncCatalog: () => Promise.resolve(),
  });
  const look = createLook({
    ...{ issues, membershipsOf, settingsOf },
    customers: {
      approvalsOf: () => Promise.resolve(jira.approvals),
      publicCommentsOf: () => Promise.resolve([]),
      ownComments: (_issueId, line) =>
        Promise.resolve(jira.comments.filter(({ body }) => body.split('\n').includes(line))),
    },
  });
  const lookForDecision = createLookForDecision({ requests, look, checkOrder });
  const bridge = createBridge({
    invoke: async ({ headers, body }) => {
      if (!reachable) throw new Error('unreachable');
      const event = { rawPath: '/webhook', requestContext: { http: { method: 'POST' } }, headers, body };
      const { statusCode, body: text } = await ingress({ ...event, isBase64Encoded: false });
      return { status: statusCode, headers: { get: () => null }, text: () => Promise.resolve(text) };
    },
    key: () => Promise.resolve(signingKey(secret)),
    ...{ now, newMessageId: () => randomUUID() },
  });
  const deliver = createDeliver({
    ...{ requests, look, bridge, now, random: () => 0.5 },
    issueOf: () => Promise.resolve(ISSUE),
  });

  const approval = (decisions: readonly ('approved' | 'pending')[]): void => {
    const final = decisions.every((decision) => decision === 'approved');
    jira.approvals = [
      {
        ...{ id: '1', finalDecision: final ? 'approved' : 'pending' },
        approvers: decisions.map((approverDecision, index) => ({
          approver: { accountId: index === 0 ? PERSON.approver : PERSON['other-approver'] },
          approverDecision,
        })),
        createdDate: { epochMillis: Date.parse('2026-01-15T09:00:00Z') },
        ...(final && { completedDate: { epochMillis: time } }),
      },
    ];
    if (final) jira.status = STATUSES.approved;
  };

  return {
    jira,
    launched,
    /** Puts these into the queue, beside whatever is in it, twice. */
    enqueue: (...operationIds: readonly string[]): void => {
      const more = operationIds.map((operationId) => ({ operationId, due: time }));
      queue = [...queue, ...more, ...queue];
    },
    record: (): RequestRecord | undefined => record(ISSUE),
    store: async (change: (kept: RequestRecord) => RequestRecord): Promise<void> => {
      const stored = await store.load(ISSUE);
      if (stored) await store.replace(stored, change(stored.record));
    },
    post,
    startExecution,
    now,
    pass: (seconds: number): void => void (time += seconds * 1000),
    raise: () => checkOrder(PLACE, ISSUE),
    firstApproves: () => approval(['approved', 'pending']),
    secondApproves: () => approval(['approved', 'approved']),
    look: () => lookForDecision(PLACE, ISSUE),
    /** Hands to the app what is due of the queue. */
    work: async (): Promise<void> => {
      const due = queue.filter((event) => event.due <= time);
      queue = queue.filter((event) => event.due > time);
      for (const { operationId } of due) await deliver(operationId, PLACE.appId);
    },
    bridgeIs: (up: boolean): void => void (reachable = up),
  };
};
export type RequestWorld = ReturnType<typeof aRequestWorld>;
