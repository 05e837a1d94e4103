import { z } from 'zod';
import { NotModelled } from '../aws/service';
import { type Invocations, type Outcome, retryAsked } from './invocations';
import type { Wire } from './loopback';
import {
  ConsumerModule,
  EntityPropertyModule,
  FunctionModule,
  type Manifest,
  ScheduledTriggerModule,
  PageModule,
  TriggerModule,
  WebTriggerModule,
} from './manifest';

/** What happened on the site or to the installation, as a trigger gets to know of it. */
export interface ProductEvent {
  readonly type: string;
  /** Whether the app itself caused it. */
  readonly selfGenerated: boolean;
  /** Atlassian account id of who caused it, where that is known. */
  readonly accountId: string | undefined;
  readonly payload: object;
}

/** Events that the site raises, with the scope that an app needs to be told. */
const EVENTS: Readonly<Record<string, string | undefined>> = {
  'avi:jira:created:issue': 'read:jira-work',
  'avi:jira:updated:issue': 'read:jira-work',
  'avi:jira:commented:issue': 'read:jira-work',
  'avi:forge:installed:app': undefined,
  'avi:forge:upgraded:app': undefined,
};

const MODULES = {
  function: FunctionModule,
  trigger: TriggerModule,
  consumer: ConsumerModule,
  webtrigger: WebTriggerModule,
  scheduledTrigger: ScheduledTriggerModule,
  'jira:entityProperty': EntityPropertyModule,
  'jiraServiceManagement:portalRequestCreatePropertyPanel': PageModule,
  'jiraServiceManagement:portalRequestDetailPanel': PageModule,
  'jira:issueContext': PageModule,
  'jiraServiceManagement:queuePage': PageModule,
  'jira:projectSettingsPage': PageModule,
} as const;

/** Modules that show a page of the app's. */
const PAGES = [
  'jiraServiceManagement:portalRequestCreatePropertyPanel',
  'jiraServiceManagement:portalRequestDetailPanel',
  'jira:issueContext',
  'jiraServiceManagement:queuePage',
  'jira:projectSettingsPage',
] as const;

const UNLICENSED = {
  'jiraServiceManagement:portalRequestCreatePropertyPanel': ['customer', 'unlicensed', 'anonymous'],
  'jiraServiceManagement:portalRequestDetailPanel': ['customer', 'unlicensed'],
  'jira:issueContext': [],
  'jiraServiceManagement:queuePage': [],
  'jira:projectSettingsPage': [],
} as const satisfies Record<(typeof PAGES)[number], readonly string[]>;

const MAX_RETRIES = 4;
const MAX_RETRY_DELAY = 900_000;
const INTERVAL = { fiveMinute: 300_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

export interface TriggerSettings {
  /** Milliseconds between what happens on the site and the trigger's function. */
  eventDelay: number;
}

/** The manifest's modules, each read by its own schema. */
export const readModules = (manifest: Manifest) => {
  const unknown = Object.keys(manifest.modules).filter((type) => !(type in MODULES));
  if (unknown.length > 0) throw new NotModelled(`modules of type ${unknown.join(', ')}`);
  const read = <Schema extends z.ZodType>(type: keyof typeof MODULES, schema: Schema) =>
    z.array(schema).parse(manifest.modules[type] ?? []);
  const modules = {
    functions: read('function', FunctionModule),
    triggers: read('trigger', TriggerModule),
    consumers: read('consumer', ConsumerModule),
    webTriggers: read('webtrigger', WebTriggerModule),
    scheduled: read('scheduledTrigger', ScheduledTriggerModule),
    entityProperties: read('jira:entityProperty', EntityPropertyModule),
    pages: PAGES.flatMap((type) => read(type, PageModule).map((page) => ({ ...page, type }))),
  };
  checkReferences(manifest, modules);
  checkUnlicensedAccess(modules);
  return modules;
};
export type Modules = ReturnType<typeof readModules>;

/** As Forge's own lint has it: full pages of Jira's are for licensed accounts, and a request's panel for nobody anonymous. */
const checkUnlicensedAccess = ({ pages }: Pick<Modules, 'pages'>): void => {
  for (const { key, type, unlicensedAccess } of pages) {
    const possible: readonly string[] = UNLICENSED[type];
    const wrong = unlicensedAccess.find((one) => !possible.includes(one));
    if (wrong !== undefined)
      throw new Error(`The manifest's module ${key} of type ${type} cannot be open to ${wrong}`);
  }
};

const checkReferences = (manifest: Manifest, modules: Omit<Modules, never>): void => {
  const { functions, triggers, consumers, webTriggers, scheduled, entityProperties, pages } = modules;
  const resolvers = pages.map(({ key, resolver }) => ({ key, function: resolver.function }));
  const callers = [...triggers, ...consumers, ...webTriggers, ...scheduled, ...resolvers];
  const keys = [...functions, ...callers, ...entityProperties].map(({ key }) => key);
  const doubled = keys.find((key, index) => keys.indexOf(key) !== index);
  if (doubled !== undefined) throw new Error(`The manifest has two modules of the key ${doubled}`);
  for (const { key, function: called } of callers) {
    if (!functions.some((candidate) => candidate.key === called)) {
      throw new Error(`The manifest's module ${key} calls ${called}, which is no function of it`);
    }
  }
  if (scheduled.length > 5) throw new Error('The manifest has more than five scheduled triggers');
  for (const event of triggers.flatMap(({ events }) => events)) {
    if (!(event in EVENTS)) throw new NotModelled(`the event ${event}`);
    const scope = EVENTS[event];
    if (scope !== undefined && !manifest.permissions.scopes.includes(scope)) {
      throw new Error(`A trigger on ${event} needs the scope ${scope}`);
    }
  }
};

/** Triggers and schedules: what calls the app's functions without anybody waiting for the answer. */
export const createTriggers = (
  wire: Wire,
  modules: Modules,
  invocations: Invocations,
  siteId: string,
  settings: TriggerSettings,
) => {
  const knobs = { drop: 0, duplicate: 0 };
  let stopped = false;

  const call = async (
    trigger: Modules['triggers'][number],
    event: ProductEvent,
    retryContext: { retryCount: number } | undefined,
  ): Promise<void> => {
    const { key, function: functionKey } = trigger;
    const outcome = await invocations.invoke(
      { moduleType: 'trigger', moduleKey: key, functionKey, accountId: event.accountId },
      { eventType: event.type, selfGenerated: event.selfGenerated, ...event.payload, retryContext },
    );
    const retry = outcome.kind === 'returned' ? retryAsked(outcome.result) : undefined;
    const retryCount = (retryContext?.retryCount ?? 0) + 1;
    if (!retry || retryCount > MAX_RETRIES) return;
    const delay = Math.min(MAX_RETRY_DELAY, (retry.retryAfter ?? 1) * 1000);
    const next = { retryCount, retryReason: retry.retryReason, retryData: retry.retryData };
    wire.clock.after(delay, `retry ${retryCount} of ${event.type} for ${key}`, () =>
      call(trigger, event, next),
    );
  };

  const raise = (event: ProductEvent): void => {
    if (knobs.drop > 0) {
      knobs.drop -= 1;
      return;
    }
    const times = knobs.duplicate > 0 ? 2 : 1;
    knobs.duplicate = Math.max(0, knobs.duplicate - 1);
    const interested = modules.triggers.filter(
      ({ events, filter }) => events.includes(event.type) && !(event.selfGenerated && filter?.ignoreSelf),
    );
    for (const trigger of interested) {
      for (let time = 0; time < times; time += 1) {
        wire.clock.after(settings.eventDelay * (time + 1), `${event.type} for ${trigger.key}`, () =>
          call(trigger, event, undefined),
        );
      }
    }
  };

  const scheduled = async ({ key, function: functionKey }: Modules['scheduled'][number]): Promise<Outcome> =>
    invocations.invoke(
      { moduleType: 'scheduledTrigger', moduleKey: key, functionKey },
      { context: { cloudId: siteId, moduleKey: key }, contextToken: 'opaque' },
    );

  return {
    raise,

    /** Starts the schedules; their first run is one interval from now. */
    start: (): void => {
      for (const module of modules.scheduled) {
        wire.clock.every(INTERVAL[module.interval], `schedule ${module.key}`, async () => {
          if (!stopped) await scheduled(module);
        });
      }
    },

    stop: (): void => {
      stopped = true;
    },

    /** Runs a scheduled trigger now. */
    runScheduled: async (key: string): Promise<Outcome> => {
      const module = modules.scheduled.find((candidate) => candidate.key === key);
      if (!module) throw new Error(`The manifest has no scheduled trigger ${key}`);
      return scheduled(module);
    },

    /** The next `events` events of the site are never delivered. */
    dropNext: (events = 1): void => {
      knobs.drop += events;
    },

    /** The next `events` events of the site are delivered twice. */
    duplicateNext: (events = 1): void => {
      knobs.duplicate += events;
    },
  };
};
