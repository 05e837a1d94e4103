import { readFileSync } from 'node:fs';
import { APPROVERS_FIELD, GROUP, MANIFEST_FILE, ORGANIZATION, PERSON, REQUEST_TYPE, SITE_ID } from '../site';
import { createForgeProxy } from './forge-proxy';
import { installForgeRuntime } from './forge-runtime';
import { withinProcess } from './hop';
import { createInvocationTokens } from './invocation-tokens';
import { type AppHandlers, createInvocations, type Outcome } from './invocations';
import { createJiraServer } from './jira-server';
import { createJiraSite, type Organization, type RequestType, type SiteSettings } from './jira-site';
import type { JqlContext, SearchAlias } from './jql';
import { createKvsStore, type KvsSettings } from './kvs-store';
import { serveOnLoopback, type Wire } from './loopback';
import { parseManifest } from './manifest';
import { createTriggers, type Modules, readModules, type TriggerSettings } from './modules';
import { publishedDescriptions } from './openapi';
import { accountTypeOf, createDirectory, type Group } from './people';
import { createPageVisits, type PageCall } from './page-visits';
import { createPeopleApi } from './people-api';
import { createQueue, type QueueSettings } from './queue';
import { PROJECT } from './jira-site';
import { createWebTriggers } from './web-triggers';
import { approvalWorkflow, plainWorkflow } from './workflow';

/** Times and choices of the platform that its documentation leaves open; a test may set each. */
interface AtlassianSettings extends SiteSettings, KvsSettings, QueueSettings, TriggerSettings {}

const SETTINGS: AtlassianSettings = {
  eventDelay: 2000,
  latency: 500,
  queryLag: 3000,
  expiredLingersFor: 0,
  searchLag: 2000,
  approvalEventNamesApprover: true,
};

/** Bytes that a page may ask a function with and be answered with, say Forge's invocation limits. */
const LONGEST_ASKED = 500_000;
const LONGEST_ANSWERED = 5_000_000;
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value ?? null));

export interface AtlassianOptions extends Wire {
  /** Loads the app and gives its handlers by name. Called once the Forge runtime is in place, and not before. */
  readonly loadApp: () => Promise<AppHandlers>;
  /** Base URL of the bridge, asked for whenever a remote with a variable in its base URL is called. */
  readonly bridgeUrl: () => string;
  /** The manifest's text; by default the project's own. */
  readonly manifest?: string;
  readonly requestTypes?: readonly RequestType[];
  readonly organizations?: readonly Organization[];
  readonly settings?: Partial<AtlassianSettings>;
  /** How the app's requests get to the platform, and the platform's to the site; within this process where not given. */
  readonly hops?: 'over HTTP';
}

/** Two request types with an approval, the second of them for stacks; two without, one of them none of the app's business. */
const defaultRequestTypes = (): RequestType[] => [
  {
    id: REQUEST_TYPE.approved,
    name: 'Get something from the AWS catalogue',
    workflow: approvalWorkflow(),
    approvers: [PERSON.approver],
  },
  { id: REQUEST_TYPE.unapproved, name: 'Get a sandbox bucket', workflow: plainWorkflow(), approvers: [] },
  { id: REQUEST_TYPE.other, name: 'Report a fault', workflow: plainWorkflow(), approvers: [] },
  {
    id: REQUEST_TYPE.gate,
    name: 'Approve a stack in AWS',
    workflow: approvalWorkflow(),
    approvers: [],
    fields: [
      { id: 'summary', required: true },
      { id: 'description', required: true },
      { id: APPROVERS_FIELD, required: true },
    ],
  },
];

const defaultOrganizations = (): Organization[] => [
  { id: ORGANIZATION.payments, name: 'Payments', members: [PERSON.employee] },
  { id: ORGANIZATION.research, name: 'Research', members: [PERSON.outsider] },
];

const GROUPS: readonly Group[] = [
  {
    id: GROUP.engineers,
    name: 'cloud-engineers',
    members: [PERSON.employee, PERSON.colleague, PERSON.collaborator],
  },
  { id: GROUP.analysts, name: 'data-analysts', members: [PERSON.outsider] },
  {
    id: GROUP.agents,
    name: 'jira-servicemanagement-users',
    members: [PERSON.agent, PERSON['project-admin'], PERSON.admin],
  },
];

const aliasesOf = (modules: Modules): SearchAlias[] =>
  modules.entityProperties.flatMap(({ propertyKey, values }) =>
    values.map(({ path, searchAlias = `${propertyKey}.${path}` }) => ({
      name: searchAlias,
      propertyKey,
      path,
    })),
  );

/** Starts a Jira Service Management site with the app installed, and the Forge platform under the app. */
export const startAtlassian = async (options: AtlassianOptions) => {
  const { clock, loadApp, bridgeUrl } = options;
  const wire: Wire = options;
  const settings: AtlassianSettings = { ...SETTINGS, ...options.settings };
  const manifest = parseManifest(options.manifest ?? readFileSync(MANIFEST_FILE, 'utf8'));
  const modules = readModules(manifest);
  const violations: string[] = [];
  const onViolation = (problem: string): void => void violations.push(problem);

  installForgeRuntime();
  const invocations = createInvocations(wire, manifest, SITE_ID);
  invocations.load(await loadApp(), modules.functions);
  const triggers = createTriggers(wire, modules, invocations, SITE_ID, settings);
  const directory = createDirectory();
  const site = createJiraSite({
    clock,
    requestTypes: options.requestTypes ?? defaultRequestTypes(),
    organizations: options.organizations ?? defaultOrganizations(),
    settings,
    raiseEvent: triggers.raise,
  });
  const jql = (): JqlContext => ({ now: clock.now(), project: PROJECT, aliases: aliasesOf(modules) });

  let siteUrl = '';
  const jiraServer = await serveOnLoopback(
    createJiraServer({
      wire,
      context: {
        site,
        directory,
        aliases: aliasesOf(modules),
        groups: GROUPS,
        now: clock.now,
        url: () => siteUrl,
      },
      scopes: manifest.permissions.scopes,
      descriptions: publishedDescriptions(),
      onViolation,
    }),
    onViolation,
  );
  siteUrl = jiraServer.url;

  const pageVisits = createPageVisits({
    pages: modules.pages,
    site,
    directory,
    siteUrl: () => siteUrl,
    appId: manifest.app.id,
  });

  const calls =
    (moduleType: string, moduleKey: string, functionKey: string) =>
    (payload: object): Promise<Outcome> =>
      invocations.invoke({ moduleType, moduleKey, functionKey }, payload);
  const consumers = modules.consumers.map(
    ({ queue, key, function: called }) => [queue, calls('consumer', key, called)] as const,
  );
  const queue = createQueue(wire, settings, new Map(consumers));
  const webTriggers = createWebTriggers(
    wire,
    modules.webTriggers.map(({ key }) => key),
    (key, request) => {
      const called = modules.webTriggers.find((candidate) => candidate.key === key)?.function ?? '';
      return calls('webtrigger', key, called)(request);
    },
  );
  const store = createKvsStore(clock.now, manifest.app.storage?.entities ?? [], settings);
  const tokens = await createInvocationTokens(manifest.app.id, SITE_ID, clock.now);
  const proxy = await serveOnLoopback(
    createForgeProxy({
      wire,
      manifest,
      invocations,
      store,
      queue,
      webTriggers,
      tokens,
      siteUrl,
      siteHop: options.hops ? undefined : withinProcess(jiraServer.answer),
      remoteUrl: (baseUrl) => (baseUrl.includes('${') ? bridgeUrl() : baseUrl),
      siteCredentials: directory.appCredentials,
      actsThroughApps: (accountId) => {
        const account = directory.find(accountId);
        return account !== undefined && accountTypeOf(account) !== 'unlicensed';
      },
    }),
    onViolation,
  );
  invocations.connect(proxy.url, options.hops ? undefined : withinProcess(proxy.answer));
  webTriggers.connect(proxy.url);
  triggers.start();

  return {
    settings,
    /** What people do and see. */
    site: createPeopleApi({ wire, site, directory, siteUrl, appId: manifest.app.id, jql }),
    siteUrl,
    proxyUrl: proxy.url,
    /** Where the keys of the Forge Invocation Tokens are published. */
    jwksUrl: `${proxy.url}/.well-known/jwks.json`,
    appId: manifest.app.id,
    webTriggerUrl: webTriggers.url,
    /** Calls a web trigger's function with what the platform would make of a request, past HTTP. */
    callWebTrigger: webTriggers.call,
    /** A Forge Invocation Token as one goes along with the app's own calls, for whoever sends by hand. */
    invocationToken: (): string =>
      tokens.issue({ moduleType: 'consumer', moduleKey: 'by-hand', functionKey: 'by-hand' }),
    /** Knobs on what the platform promises only at least once, or not at all. */
    events: { dropNext: triggers.dropNext, duplicateNext: triggers.duplicateNext },
    queue: { deliverTwice: queue.deliverTwice },
    runScheduled: triggers.runScheduled,

    /** Whether somebody is shown a page, and then what its code in their browser is told. */
    openPage: pageVisits.browserContext,

    /**
     * Calls a function of a page's resolver (`@forge/resolver`), as the page's `invoke` does for whoever looks at it.
     * Nothing reaches the app where Forge refuses the account, or the product does not show the page there.
     * @param call `forged` lets the place of the extension pass that the browser claims, as if the product had shown the page
     * there: what is refused then is the app's own doing
     */
    callResolver: async (
      call: PageCall & {
        readonly functionKey: string;
        readonly payload?: unknown;
        readonly forged?: boolean;
      },
    ): Promise<Outcome | { readonly kind: 'refused'; readonly reason: string }> => {
      const visited = pageVisits.visit(call, call.forged);
      if (visited.kind === 'refused') return visited;
      const { context, accountId, page } = visited;
      const { functionKey, payload } = call;
      if (bytesOf(payload) > LONGEST_ASKED)
        return { kind: 'refused', reason: `${functionKey} is asked with ${bytesOf(payload)} bytes` };
      const cause = {
        moduleType: page.type,
        moduleKey: page.key,
        functionKey: page.resolver.function,
        accountId,
      };
      const outcome = await invocations.invoke(cause, { call: { functionKey, payload }, context });
      if (outcome.kind === 'returned' && bytesOf(outcome.result) > LONGEST_ANSWERED)
        return { kind: 'refused', reason: `${functionKey} answers ${bytesOf(outcome.result)} bytes` };
      return outcome;
    },
    /** The installation's storage, to look into. */
    storage: store,

    /** Tells the app that it was installed or upgraded. */
    lifecycle: (event: 'installed' | 'upgraded'): void =>
      triggers.raise({
        type: `avi:forge:${event}:app`,
        selfGenerated: false,
        accountId: PERSON.admin,
        payload: { id: 'installation', app: { id: manifest.app.id, version: '1.0.0' } },
      }),

    /** What was asked or answered otherwise than Atlassian describes it, or is not modelled. Taken once read. */
    takeViolations: (): string[] => violations.splice(0),

    /** @throws Error naming the violations that nobody took */
    close: async (): Promise<void> => {
      triggers.stop();
      await Promise.all([jiraServer.close(), proxy.close()]);
      const misuse = violations.splice(0);
      if (misuse.length > 0) throw new Error(`The Atlassian stand-in was misused:\n${misuse.join('\n')}`);
    },
  };
};
export type Atlassian = Awaited<ReturnType<typeof startAtlassian>>;
