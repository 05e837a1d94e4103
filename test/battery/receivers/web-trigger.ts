import { z } from 'zod';
import type { createApp as CreateApp } from '../../../forge-app/app';
import { startAtlassian } from '../../sandbox/atlassian/atlassian';
import { DrivenClock } from '../../sandbox/clock';
import { Faults } from '../../sandbox/faults';
import { Journal } from '../../sandbox/journal';
import { type Attempt, NOT_APPLICABLE, type Receiver, type Reception } from '../attempt';
import { standardHeaders } from './standard-webhooks';

type App = ReturnType<typeof CreateApp>;

const Answered = z.object({ statusCode: z.number(), body: z.string() });
const Refused = z.object({ error: z.string(), message: z.string() });

/**
 * The web trigger's request as Forge hands it over: the body as text, every header a list of values. A Forge function gets no
 * bytes, so what is no UTF-8 arrives as replacement characters.
 */
const requestOf = (attempt: Attempt): object => ({
  method: 'POST',
  path: '/x1/battery',
  body: (attempt.sent?.body ?? attempt.signed.body).toString('utf8'),
  headers: Object.fromEntries(
    Object.entries(standardHeaders(attempt)).map(([name, value]) => [
      name,
      Array.isArray(value) ? value : [value],
    ]),
  ),
  queryParameters: {},
});

/**
 * The app's real web trigger on Forge's packages. A message that it believes is about an operation that the site does not have:
 * 410 says that it was authentic.
 */
export const createWebTrigger = async (now: Date): Promise<Receiver> => {
  const clock = new DrivenClock(now);
  const journal = new Journal();
  let current: App | undefined;
  const atlassian = await startAtlassian({
    clock,
    journal,
    faults: new Faults(),
    bridgeUrl: () => 'http://127.0.0.1:9',
    loadApp: async () => {
      const { createApp } = await import('../../../forge-app/app');
      const first = createApp({ env: {}, now: () => now, random: () => 0.5 });
      // Which app answers changes with the secrets that it is to have.
      const onBridgeCallback: App['onBridgeCallback'] = (request, context) =>
        (current ?? first).onBridgeCallback(request, context);
      return { ...first, onBridgeCallback };
    },
  });
  const { createApp } = await import('../../../forge-app/app');
  const apps = new Map<string, App>();
  const appWith = (keys: readonly Buffer[]): App => {
    const secrets = keys.map((key) => `whsec_${key.toString('base64')}`).join(' ');
    const app =
      apps.get(secrets) ??
      createApp({
        env: { GATEHOUSE_CALLBACK_SECRETS: secrets },
        now: () => now,
        random: () => 0.5,
        report: () => undefined,
      });
    apps.set(secrets, app);
    return app;
  };

  return {
    name: 'the web trigger',
    close: atlassian.close,
    receive: async (attempt): Promise<Reception> => {
      if (attempt.sent?.transport !== undefined) return NOT_APPLICABLE;
      current = appWith(attempt.keys ?? [attempt.signed.key]);
      // Nobody reads what a million messages leave there.
      journal.entries.length = 0;
      const outcome = await atlassian.callWebTrigger('bridge-callback', requestOf(attempt));
      if (outcome.kind === 'threw') {
        const { error } = outcome;
        return { outcome: 'crashed', how: error instanceof Error ? error.constructor.name : 'unknown' };
      }
      const answered = Answered.safeParse(outcome.result);
      if (!answered.success) return { outcome: 'crashed', how: 'no HTTP answer' };
      const { statusCode, body } = answered.data;
      if (statusCode < 300) return { outcome: 'accepted', how: String(statusCode) };
      const refusal = Refused.safeParse(JSON.parse(body));
      if (!refusal.success) return { outcome: 'crashed', how: `${statusCode} without a reason` };
      const how = `${statusCode} ${refusal.data.error}`;
      return statusCode === 410 ? { outcome: 'accepted', how } : { outcome: 'refused', how };
    },
  };
};
