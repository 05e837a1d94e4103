import { type Atlassian, type AtlassianOptions, startAtlassian } from '../../../sandbox/atlassian/atlassian';
import type { AppHandlers } from '../../../sandbox/atlassian/invocations';
import { DrivenClock } from '../../../sandbox/clock';
import { Faults } from '../../../sandbox/faults';
import { Journal } from '../../../sandbox/journal';

export const APP_UUID = '4d1f7a52-90c3-4e6b-8b2e-71f0a6c5d3e9';

/** The unmodified packages, as an app imports them. */
const packages = async () => ({
  api: await import('@forge/api'),
  storage: await import('@forge/kvs'),
  events: await import('@forge/events'),
  resolver: await import('@forge/resolver'),
});
export type Forge = Awaited<ReturnType<typeof packages>>;

const MANIFEST = {
  app: {
    id: `ari:cloud:ecosystem::app/${APP_UUID}`,
    storage: {
      entities: [{ name: 'request', attributes: { revision: { type: 'string' }, record: { type: 'any' } } }],
    },
  },
  modules: {
    function: ['onCreated', 'onUpdated', 'onWork', 'onCall', 'onTime', 'resolve'].map((key) => ({
      key,
      handler: `index.${key}`,
    })),
    trigger: [
      { key: 'created', function: 'onCreated', events: ['avi:jira:created:issue'] },
      {
        key: 'updated',
        function: 'onUpdated',
        events: ['avi:jira:updated:issue'],
        filter: { ignoreSelf: true },
      },
    ],
    consumer: [{ key: 'worker', queue: 'work', function: 'onWork' }],
    webtrigger: [{ key: 'call', function: 'onCall' }],
    scheduledTrigger: [{ key: 'sweep', function: 'onTime', interval: 'fiveMinute' }],
    'jiraServiceManagement:portalRequestDetailPanel': [
      {
        key: 'portal-panel',
        title: 'Tiny',
        resource: 'panel',
        render: 'native',
        resolver: { function: 'resolve' },
        unlicensedAccess: ['customer', 'unlicensed'],
      },
    ],
    'jira:issueContext': [
      {
        key: 'agent-panel',
        title: 'Tiny',
        label: 'Tiny',
        resource: 'panel',
        render: 'native',
        resolver: { function: 'resolve' },
      },
    ],
    'jiraServiceManagement:queuePage': [
      { key: 'queue', title: 'Tiny', resource: 'panel', render: 'native', resolver: { function: 'resolve' } },
    ],
    'jira:projectSettingsPage': [
      {
        key: 'settings',
        title: 'Tiny',
        resource: 'panel',
        render: 'native',
        resolver: { function: 'resolve' },
      },
    ],
    'jira:entityProperty': [
      {
        key: 'state',
        propertyKey: 'tiny',
        values: [{ path: 'state', type: 'string', searchAlias: 'tinyState' }],
      },
    ],
  } as Record<string, object[]>,
  resources: [{ key: 'panel', path: 'panel.tsx' }],
  remotes: [{ key: 'bridge', baseUrl: '${BRIDGE_URL}' }],
  permissions: {
    scopes: [
      'storage:app',
      'read:jira-work',
      'write:jira-work',
      'read:servicedesk-request',
      'write:servicedesk-request',
      'manage:servicedesk-customer',
    ],
    external: { fetch: { backend: [{ remote: 'bridge' }] } },
  },
};

/** The manifest of an app that does nothing of its own. */
export const aManifest = (overrides: Partial<typeof MANIFEST> = {}): string =>
  JSON.stringify({ ...MANIFEST, ...overrides });

const open: Atlassian[] = [];

afterEach(async () => {
  for (const site of open.splice(0)) await site.close();
});

const idle = (): undefined => undefined;

/** A site with a tiny app whose functions a test gives. */
export const aSite = async (
  handlers: (forge: Forge) => AppHandlers = () => ({}),
  options: Partial<AtlassianOptions> = {},
) => {
  const clock = new DrivenClock();
  const journal = new Journal();
  const faults = new Faults();
  const loadApp = async (): Promise<AppHandlers> => ({
    onCreated: idle,
    onUpdated: idle,
    onWork: idle,
    onCall: () => ({ statusCode: 204 }),
    onTime: () => ({ statusCode: 204 }),
    resolve: idle,
    ...handlers(await packages()),
  });
  const bridgeUrl = () => 'http://127.0.0.1:9';
  const atlassian = await startAtlassian({
    clock,
    journal,
    faults,
    bridgeUrl,
    loadApp,
    manifest: aManifest(),
    ...options,
  });
  open.push(atlassian);
  return { ...atlassian, clock, journal, faults };
};

/** A site whose app does what a test asks for, each time inside an invocation of its own. */
export const aWillingApp = async (options: Partial<AtlassianOptions> = {}) => {
  let work: (forge: Forge) => Promise<void> = () => Promise.resolve();
  const site = await aSite(
    (forge) => ({
      onTime: async () => {
        await work(forge);
        return { statusCode: 204 };
      },
    }),
    options,
  );
  /** @throws what the work throws */
  const perform = async <Value>(next: (forge: Forge) => Promise<Value>): Promise<Value> => {
    const results: Value[] = [];
    work = async (forge) => void results.push(await next(forge));
    const outcome = await site.runScheduled('sweep');
    if (outcome.kind === 'threw') throw outcome.error;
    const [result] = results;
    return result as Value;
  };
  return { ...site, perform };
};
