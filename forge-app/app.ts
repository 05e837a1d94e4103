import { randomBytes, randomUUID } from 'node:crypto';
import { getAppContext, invokeRemote, webTrigger } from '@forge/api';
import { InvocationError, InvocationErrorCode, Queue } from '@forge/events';
import { createBridge, type InvokeBridge } from './bridge/bridge';
import { createReceiveCallback } from './callback/receive-callback';
import type { CallbackAnswer } from './callback/refusal';
import { createCatalogReader } from './catalog/catalog-reader';
import { createCatalogSync } from './catalog/catalog-sync';
import { createKvsCatalogStore } from './catalog/kvs-catalog-store';
import { createSyncInRounds } from './catalog/sync-in-rounds';
import { createKnownChoices } from './choices/known-choices';
import { createConnectionSecrets } from './connection/connection-secrets';
import { createConnectionTests } from './connection/connection-tests';
import { createExchangeTurns } from './connection/exchange-turns';
import { createSecretStore, storedSecrets } from './connection/secret-store';
import { createSyncMemory } from './connection/sync-memory';
import { createTryBridge } from './connection/try-bridge';
import { createDeliver } from './delivery/deliver';
import {
  CatalogRestEvent,
  changesStatus,
  DeliveryEvent,
  InvocationContext,
  IssueCreated,
  IssueUpdated,
  SweepRestEvent,
  WebTriggerRequest,
} from './events';
import { createGateRequests } from './gate/gate-requests';
import { createRemind } from './gate/remind';
import { createIssues } from './jira/issue';
import { createIssueProperties } from './jira/issue-property';
import { createIssueSearch } from './jira/issue-search';
import { createJiraClient, JiraUnavailable } from './jira/jira-client';
import { createOperationSearch } from './jira/operation-search';
import { createPortalOf } from './jira/portal';
import { createPicking } from './jira/people';
import { createProjects } from './jira/project';
import { createCustomerRequests } from './jira/request';
import { createProjectSetUp } from './jira/project-set-up';
import { createRequestTypes } from './jira/request-types';
import { createServiceDesks } from './jira/service-desk';
import { createTransitions } from './jira/transitions';
import { createUsers } from './jira/user';
import { createWorkflows } from './jira/workflows';
import { createAccess } from './pages/access';
import { createOrderFormCalls } from './pages/order-form/calls';
import { createChoicesCalls } from './pages/order-form/choices';
import { createOfferedTo } from './pages/order-form/offered';
import { createSealCalls } from './pages/order-form/seal';
import { createPageResolver } from './pages/page-resolver';
import { createAdministering } from './pages/settings/administering';
import { createCheckCall } from './pages/settings/check-call';
import { createConnectionCalls } from './pages/settings/connection-calls';
import { createSettingsCalls } from './pages/settings/settings-calls';
import { createCancel } from './pages/request/cancel';
import { createIssueContextCalls } from './pages/request/context-calls';
import { createRequestPanelCalls } from './pages/request/panel-calls';
import { createResync } from './pages/request/resync';
import { createRetry } from './pages/request/retry';
import type { Visitor } from './pages/visitor';
import { createQueueCalls } from './pages/queue/calls';
import { createCheckOrder, type Place } from './request/check-order';
import { isOpen } from './request/decide';
import { createLook } from './request/look';
import { createLookForDecision } from './request/look-for-decision';
import { createPerform } from './request/perform';
import { createRequests } from './request/requests';
import { createSigningKeys, type Environment } from './secrets';
import { accountOf } from './settings/account-of';
import { createMembershipsOf } from './settings/may-use';
import { createReadOnce } from './settings/read-once';
import { createSettingsProperty } from './settings/settings-property';
import { createChoicesStore } from './storage/choices-store';
import { createGateStore } from './storage/gate-store';
import { createInFlightIndex } from './storage/in-flight';
import { issueOfLaunch } from './storage/keys';
import { createKnownProjects } from './storage/known-projects';
import { createRequestStore } from './storage/request-store';
import { createSweepMemory } from './storage/sweep-memory';
import { createSweep } from './sweep/sweep';

/** The handlers that `manifest.yml` names, built on Forge's own packages. */
export const createApp = ({
  env,
  now,
  random,
  unguessable = randomBytes,
  report = (problem) => console.error(problem),
}: {
  readonly env: Environment;
  readonly now: () => Date;
  /** In [0, 1). */
  readonly random: () => number;
  /** This many bytes that nobody can guess. */
  readonly unguessable?: (count: number) => Buffer;
  /** Takes what cannot be told in Jira, for which the app's log is the only place. */
  readonly report?: (problem: string) => void;
}) => {
  /** Requests that were made, for the sweep to keep within its bounds. */
  let spent = 0;
  const spend = (): void => {
    spent += 1;
  };

  const jira = createJiraClient(spend);
  const jiraAsVisitor = createJiraClient(spend, 'visitor');
  const access = createAccess({ asVisitor: jiraAsVisitor, asApp: jira });
  const issues = createIssues(jira);
  const customers = createCustomerRequests(jira);
  const membershipsOf = createMembershipsOf({
    organizationsOf: customers.organizationsOf,
    groupsOf: createUsers(jira).groupsOf,
  });
  const projectSetUp = createProjectSetUp({ asApp: jira, asVisitor: jiraAsVisitor });
  const settingsProperty = createSettingsProperty({
    projects: createProjects(jira),
    writeProperty: projectSetUp.writeProperty,
    deleteProperty: projectSetUp.deleteProperty,
    newMark: () => unguessable(6).toString('hex'),
    now,
    report,
  });
  const readSettings = createReadOnce();
  const settingsOf = async (projectId: string) => readSettings(await settingsProperty.of(projectId));
  const desks = createServiceDesks(jira);
  const requestTypes = createRequestTypes({ asApp: jira, asVisitor: jiraAsVisitor });
  const administering = createAdministering(access);
  const knownProjects = createKnownProjects({ lookUp: settingsProperty.projects, spend });

  const secretStore = createSecretStore(spend);
  const keys = createSigningKeys({ env, stored: storedSecrets(secretStore), now });
  const invokeBridge: InvokeBridge = ({ path, headers, body }) => {
    spend();
    return invokeRemote('bridge', { path, method: 'POST', headers, body });
  };
  const connectionSecrets = createConnectionSecrets({
    env,
    store: secretStore,
    inTurn: createExchangeTurns({ newRevision: randomUUID, now, spend }),
    changed: keys.forget,
    randomBytes: unguessable,
    now,
  });
  const secretStates = async () => ({
    toBridge: await connectionSecrets.state('to-bridge'),
    fromBridge: await connectionSecrets.state('from-bridge'),
  });
  const connectionTests = createConnectionTests({
    tryBridge: createTryBridge({ invoke: invokeBridge, now, newMessageId: randomUUID }),
    secrets: secretStore,
    currentKey: keys.toBridge,
    newTestId: () => `test-${randomBytes(16).toString('hex')}`,
    now,
    spend,
  });
  const bridge = createBridge({
    invoke: invokeBridge,
    key: keys.toBridge,
    now,
    newMessageId: randomUUID,
  });
  const syncMemory = createSyncMemory({ now, spend });
  const knownChoices = createKnownChoices({
    ask: bridge.choicesOf,
    store: createChoicesStore(spend),
    now,
    report,
  });
  const catalogStore = createKvsCatalogStore(spend);
  const syncCatalog = (siteId: string) =>
    syncMemory.remembering(createCatalogSync({ bridge: bridge.catalogOf(siteId), store: catalogStore }));
  const catalogRest = new Queue({ key: 'catalog-rest' });
  const syncInRounds = createSyncInRounds({
    sync: syncCatalog,
    store: catalogStore,
    goOn: async (rest) => {
      spend();
      await catalogRest.push({ body: { ...rest }, delayInSeconds: 60 });
    },
    newTurn: randomUUID,
    report,
  });

  const transitions = createTransitions(jira);
  const deliveries = new Queue({ key: 'deliveries' });
  const requests = createRequests({
    store: createRequestStore({ newRevision: randomUUID, spend }),
    perform: createPerform({
      queue: {
        push: async (operationId, delayInSeconds) => {
          spend();
          await deliveries.push({ body: { operationId }, delayInSeconds });
        },
      },
      issues,
      requests: customers,
      properties: createIssueProperties(jira),
      transitions,
      settingsOf,
      now,
      report,
    }),
    now,
    newHolder: randomUUID,
    report,
  });

  const catalog = createCatalogReader({ store: catalogStore });
  const listedProducts = async () => (await catalog.products()) ?? [];
  const offeredTo = createOfferedTo({
    portalOf: createPortalOf({ asVisitor: jiraAsVisitor, asApp: jira }),
    settingsProperty: settingsProperty.of,
    readSettings,
    membershipsOf,
  });
  const checkOrder = createCheckOrder({
    requests,
    issues,
    customers,
    membershipsOf,
    settingsOf,
    catalog,
    syncCatalog,
    now,
  });
  const look = createLook({ issues, customers, membershipsOf, settingsOf });
  const lookForDecision = createLookForDecision({ requests, look, checkOrder });
  const search = createIssueSearch(jira);
  const gates = createGateStore({ newRevision: randomUUID, spend });
  const gateRequests = createGateRequests({
    gates,
    requests,
    desks,
    projects: async () =>
      (await settingsProperty.ofEveryProject()).map(({ id, key, value }) => ({
        id,
        key,
        settings: readSettings(value),
      })),
    settingsOf,
    search,
    approvalsOf: customers.approvalsOf,
    now,
    newHolder: randomUUID,
    newMark: () => randomBytes(16).toString('hex'),
    report,
  });
  const requestOf = async (operationId: string): Promise<string | undefined> =>
    issueOfLaunch(operationId) ?? gateRequests.requestOf(operationId);
  const deliver = createDeliver({ requests, issueOf: requestOf, look, bridge, now, random });
  const receiveCallback = createReceiveCallback({
    requests,
    requestOf,
    raiseGate: gateRequests.raise,
    remind: createRemind({ requests, requestOf, issues, customers, settingsOf }),
    lookForDecision,
    takeTest: connectionTests.take,
    keys: keys.fromBridge,
    now,
    report,
  });
  const sweepRest = new Queue({ key: 'sweep-rest' });
  const sweep = createSweep({
    requests,
    checkOrder,
    lookForDecision,
    bridge,
    inFlight: createInFlightIndex(spend),
    memory: createSweepMemory(spend),
    spent: () => spent,
    projects: (anew) => (anew ? knownProjects.refresh() : knownProjects.list()),
    search,
    goOn: async (rest) => {
      spend();
      await sweepRest.push({ body: { ...rest }, delayInSeconds: 60 });
    },
    now,
    report,
  });

  const placeOf = (context: unknown): Place => ({
    siteId: InvocationContext.parse(context).installContext,
    appId: getAppContext().appAri.appId,
  });

  const ofRequests = {
    access,
    requests,
    issues,
    approvalsOf: customers.approvalsOf,
    accountName: async (projectId: string, account: string): Promise<string | null> => {
      const reading = await settingsOf(projectId);
      return (reading.outcome === 'read' && accountOf(reading.settings, account)?.name) || null;
    },
    placeOf: ({ siteId }: Visitor): Place => placeOf({ installContext: siteId }),
  };

  /** Asks Forge to repeat an event, which it does up to four times; after that the sweep is left. */
  const repeated = async (
    what: string,
    act: () => Promise<unknown>,
  ): Promise<InvocationError | undefined> => {
    try {
      await act();
      return undefined;
    } catch (error) {
      report(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
      const wait = error instanceof JiraUnavailable ? (error.retryAfterSeconds ?? 0) : 0;
      return new InvocationError({
        retryAfter: Math.min(900, Math.max(wait, Math.round(10 + 20 * random()))),
        retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
      });
    }
  };

  const done = { statusCode: 200, headers: {}, body: '' };

  return {
    onIssueCreated: (event: unknown, context: unknown): Promise<InvocationError | undefined> =>
      repeated('The check of an order', async () => {
        const { issue } = IssueCreated.parse(event);
        const place = placeOf(context);
        const applied = await checkOrder(place, issue.id);
        const fixed = applied?.record.fixed;
        const needsNobody = fixed?.kind === 'launch' && !fixed.approvalRequired;
        if (applied && needsNobody && isOpen(applied.record)) await lookForDecision(place, issue.id);
      }),

    onIssueUpdated: (event: unknown, context: unknown): Promise<InvocationError | undefined> =>
      repeated('The look for a decision', async () => {
        const updated = IssueUpdated.parse(event);
        if (changesStatus(updated)) await lookForDecision(placeOf(context), updated.issue.id);
      }),

    onDelivery: async (event: unknown): Promise<void> => {
      await deliver(DeliveryEvent.parse(event).body.operationId, getAppContext().appAri.appId);
    },

    onBridgeCallback: async (event: unknown, context: unknown): Promise<CallbackAnswer> => {
      const request = WebTriggerRequest.parse(event);
      if (request.method !== 'POST') return { statusCode: 405, headers: { Allow: ['POST'] }, body: '' };
      return receiveCallback(placeOf(context), request);
    },

    onSweep: async (_event: unknown, context: unknown) => {
      await sweep(placeOf(context));
      return done;
    },

    onSweepRest: async (event: unknown): Promise<void> => {
      const { siteId, sweeps } = SweepRestEvent.parse(event).body;
      await sweep({ siteId, appId: getAppContext().appAri.appId }, sweeps);
    },

    onCatalogSync: async (_event: unknown, context: unknown) => {
      const { siteId } = placeOf(context);
      // Either may fail without the other; both are tried again within the hour, or when they are needed.
      const results = await Promise.allSettled([syncInRounds.begin(siteId), knownProjects.refresh()]);
      for (const result of results) {
        if (result.status === 'rejected') {
          report(result.reason instanceof Error ? result.reason.message : String(result.reason));
        } else if ('tooLarge' in result.value && result.value.tooLarge.length > 0) {
          report(`Too large to be kept, so they cannot be ordered: ${result.value.tooLarge.join(', ')}`);
        }
      }
      return done;
    },

    onCatalogRest: async (event: unknown): Promise<void> => {
      await syncInRounds.goOn(CatalogRestEvent.parse(event).body);
    },

    /** What the customer portal's pages ask for. */
    portalPages: createPageResolver(
      {
        ...createOrderFormCalls({ offeredTo, catalog }),
        ...createChoicesCalls({
          offeredTo,
          choicesOf: ({ siteId }, question) =>
            knownChoices(placeOf({ installContext: siteId }).siteId, question),
        }),
        ...createSealCalls({
          offeredTo,
          siteOf: ({ siteId }) => placeOf({ installContext: siteId }).siteId,
          catalog,
        }),
        ...createRequestPanelCalls(ofRequests),
      },
      report,
      'customers',
    ),

    /** What the pages of agents, and of approvers with a licence, ask for. */
    agentPages: createPageResolver(
      {
        ...createQueueCalls({
          access,
          search: createOperationSearch(jiraAsVisitor),
          settingsOf,
          productNames: async () => (await catalog.products())?.map(({ name }) => name) ?? [],
        }),
        ...createIssueContextCalls({
          ...ofRequests,
          people: createPicking(jiraAsVisitor).people,
          resync: createResync({ requests, lookForDecision, bridge }),
          cancel: createCancel({ requests }),
          retry: createRetry({ requests, look, issues, transitions, settingsOf }),
          report,
        }),
      },
      report,
    ),

    /** What the project's settings page asks for. */
    settingsPages: createPageResolver(
      {
        ...createSettingsCalls({
          administering,
          property: settingsProperty.of,
          write: settingsProperty.write,
          saved: knownProjects.refresh,
          serviceDeskOf: desks.ofProject,
          requestTypes,
          project: projectSetUp,
          picking: createPicking(jiraAsVisitor),
          catalogue: async () => ({ products: await listedProducts(), sync: await syncMemory.read() }),
          connection: async (mayChange) => ({
            mayChange,
            bridgeUrl: env['BRIDGE_URL'] ?? null,
            callbackUrl: await webTrigger.getUrl('bridge-callback').catch(() => null),
            secrets: await secretStates(),
          }),
          synchronise: syncInRounds.begin,
          report,
        }),
        ...createCheckCall({
          administering,
          settingsOf,
          serviceDeskOf: desks.ofProject,
          requestTypes,
          project: projectSetUp,
          workflows: createWorkflows(jiraAsVisitor),
          products: listedProducts,
          sync: syncMemory.read,
          secrets: secretStates,
          arrival: connectionTests.arrival,
          now,
        }),
        ...createConnectionCalls({ administering, secrets: connectionSecrets, tests: connectionTests }),
      },
      report,
    ),
  };
};
