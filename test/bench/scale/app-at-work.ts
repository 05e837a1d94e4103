import { z } from 'zod';
import type { Catalog } from '../../../aws-bridge/contract/catalog';
import { seal } from '../../../aws-bridge/contract/codec';
import { CatalogMessage, WebhookMessage } from '../../../aws-bridge/contract/messages';
import type { ApprovedOperation } from '../../../aws-bridge/contract/messages';
import { signingKey } from '../../../aws-bridge/contract/signature';
import { inPieces } from '../../../forge-app/settings/account-lists';
import { aCatalog } from '../../builders/catalog';
import { anOrderForm } from '../../builders/orders';
import { aProgress } from '../../builders/progress';
import { startAtlassian } from '../../sandbox/atlassian/atlassian';
import { type HttpHandler, json, serveOnLoopback } from '../../sandbox/atlassian/loopback';
import type { PageCall } from '../../sandbox/atlassian/page-visits';
import { DrivenClock } from '../../sandbox/clock';
import { Faults } from '../../sandbox/faults';
import { Journal } from '../../sandbox/journal';
import { newWebhookSecret, REQUEST_TYPE } from '../../sandbox/site';
import { attachMeters, createAppMeter, type Spent } from './app-meter';
import { settingsWith } from './standing';

const MINUTE = 60_000;
/** The app's functions that come by the clock. */
const SCHEDULED: ReadonlySet<string> = new Set(['onSweep', 'onCatalogSync', 'onCatalogRest']);

const Shown = z.object({ state: z.string() });
const Answered = z.object({ statusCode: z.literal(200) });
const Books = z.object({ complete: z.boolean() });

/** The bridge as the app meets it: it has this catalogue, and takes everything. */
const standInBridge =
  (catalog: () => Catalog, taken: (operation: ApprovedOperation) => void): HttpHandler =>
  ({ url, body }) => {
    const content: unknown = JSON.parse(body.toString('utf8'));
    if (url.pathname === '/catalog') {
      const { type, data } = CatalogMessage.parse(content);
      if (type !== 'catalog.requested') return Promise.resolve(json(501, {}));
      const { revision } = catalog();
      const changed = data.revision !== revision;
      return Promise.resolve(json(200, changed ? { changed, catalog: catalog() } : { changed, revision }));
    }
    const { type, data } = WebhookMessage.parse(content);
    if (type !== 'operation.approved') return Promise.resolve(json(501, {}));
    taken(data);
    return Promise.resolve(json(202, { operationId: data.operationId }));
  };

/**
 * The app on a site of its own with a bridge that stands in, and a meter on every function of the app's. It has one project with
 * the settings, and the bridge's catalogue, that it is given.
 */
export const startAppAtWork = async () => {
  const clock = new DrivenClock();
  const journal = new Journal();
  const meter = createAppMeter();
  /** For what comes by the clock, whatever else goes on. */
  const scheduled = createAppMeter();
  const secret = newWebhookSecret();
  const handedOver: ApprovedOperation[] = [];
  let catalog = aCatalog();
  const bridge = await serveOnLoopback(
    standInBridge(
      () => catalog,
      (operation) => void handedOver.push(operation),
    ),
    (problem) => {
      throw new Error(problem);
    },
  );
  const atlassian = await startAtlassian({
    clock,
    journal,
    faults: new Faults(),
    bridgeUrl: () => bridge.url,
    loadApp: async () => {
      attachMeters();
      const { createApp } = await import('../../../forge-app/app');
      const app = createApp({
        env: { GATEHOUSE_WEBHOOK_SECRET: secret, GATEHOUSE_CALLBACK_SECRETS: secret },
        now: clock.now,
        random: () => 0.5,
        report: (problem) => {
          throw new Error(problem);
        },
      });
      return Object.fromEntries(
        Object.entries(app).map(([name, handler]) => [
          name,
          (payload: unknown, context: unknown) =>
            (SCHEDULED.has(name) ? scheduled : meter).run(() =>
              (handler as (payload: unknown, context: unknown) => Promise<unknown>)(payload, context),
            ),
        ]),
      );
    },
  });
  const { site, storage } = atlassian;

  const stateOf = (key: string): string | undefined =>
    Shown.safeParse(site.request(key).properties['gatehouse']).data?.state;
  const reaches = (key: string, state: string): Promise<void> =>
    clock.until(() => stateOf(key) === state, 2 * MINUTE, `${state} of ${key}`);

  /** What the bridge tells of an operation, as it arrives. */
  const tell = async (progress: ReturnType<typeof aProgress>): Promise<void> => {
    const { operationId, sequence, at } = progress;
    const { headers, body } = seal({
      id: `${operationId}_${sequence}`,
      at: clock.now(),
      content: { type: 'operation.progressed', timestamp: at, data: progress },
      key: signingKey(secret),
    });
    const outcome = await atlassian.callWebTrigger('bridge-callback', {
      method: 'POST',
      path: '/x1/bench',
      body,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      queryParameters: {},
    });
    if (outcome.kind === 'threw') throw outcome.error;
    Answered.parse(outcome.result);
  };

  const runCatalogSync = async (): Promise<Spent> => {
    scheduled.take();
    await atlassian.runScheduled('catalog-sync');
    const spent = scheduled.take();
    // What one run has no room for follows by the queue, a minute later each.
    const isWhole = (): boolean => Books.parse(storage.get('plain', 'catalog:books')?.value).complete;
    await clock.until(isWhole, 60 * MINUTE, 'the whole catalogue');
    return spent;
  };

  return {
    atlassian,
    clock,
    storage,

    /** Writes the project's settings, accounts that do not fit into its property as lists of their own. */
    setUp: async (settings: { readonly accounts: readonly unknown[] }): Promise<void> => {
      const pieces = inPieces(settings, 'bench');
      if (!pieces) throw new Error('These settings do not fit into the properties of a project');
      for (const [property, value] of [...pieces.lists, ['gatehouse', pieces.property] as const])
        await site.setProjectProperty({ as: 'admin', property, value });
    },

    /** The hub offers this from now on. */
    offer: (offered: Catalog): void => {
      catalog = offered;
    },

    /** Has the hub's catalogue brought in. @returns what the first run took */
    runCatalogSync,

    /** One sweep. @returns what it took */
    sweep: async (): Promise<Spent> => {
      scheduled.take();
      await atlassian.runScheduled('sweep');
      return scheduled.take();
    },

    /** One launch, from the request to its outputs. @returns what it took of the app, and its request's id */
    launch: async (): Promise<Spent & { readonly issueId: string }> => {
      // What the app remembers of its secrets is too old by then, every time.
      await clock.advance(MINUTE);
      const { id: issueId, key } = site.raiseRequest({
        as: 'employee',
        requestTypeId: REQUEST_TYPE.approved,
        summary: 'Something from the AWS catalogue',
        order: anOrderForm(),
      });
      meter.take();
      await reaches(key, 'awaiting-approval');
      await site.answerApproval({ as: 'approver', key, decision: 'approve' });
      const before = handedOver.length;
      await clock.until(() => handedOver.length > before, 2 * MINUTE, `the hand-over of ${key}`);
      const operation = handedOver.at(-1);
      if (!operation) throw new Error(`${key} was not handed over`);
      const told = {
        operationId: operation.operationId,
        site: operation.site,
        at: clock.now().toISOString(),
      };
      await tell(aProgress({ ...told, sequence: 1 }));
      await tell(
        aProgress({
          ...told,
          ...{
            sequence: 2,
            state: 'succeeded',
            outputs: [{ key: 'BucketArn', value: 'arn:aws:s3:::invoices' }],
          },
        }),
      );
      await reaches(key, 'succeeded');
      return { ...meter.take(), issueId };
    },

    /** A call of one of the app's pages. @returns what it took, and what the page was told */
    ask: async (
      call: PageCall & { readonly functionKey: string; readonly payload?: unknown },
    ): Promise<Spent & { readonly answer: unknown }> => {
      meter.take();
      const outcome = await atlassian.callResolver(call);
      if (outcome.kind !== 'returned')
        throw new Error(`${call.functionKey} came to nothing: ${outcome.kind}`);
      return { ...meter.take(), answer: outcome.result };
    },

    close: async (): Promise<void> => {
      await Promise.all([atlassian.close(), bridge.close()]);
    },
  };
};
export type AppAtWork = Awaited<ReturnType<typeof startAppAtWork>>;

/** An app with usual settings and a catalogue of one product, which has arrived. */
export const startUsualApp = async (): Promise<AppAtWork> => {
  const app = await startAppAtWork();
  await app.setUp(settingsWith());
  await app.runCatalogSync();
  return app;
};
