import { z } from 'zod';
import { PROJECT } from '../../sandbox/atlassian/jira-site';
import type { Onlooker } from '../../sandbox/atlassian/page-visits';
import type { Sandbox } from '../../sandbox/sandbox';
import { Act, Person } from '../acts/act';
import type { Acting } from '../acts/acting';
import type { LookAtConsole } from '../aws/look-at-console';
import { SPEEDS, type TimeDriver } from '../time/driver';
import { bodyOf, json, NotAnswered, type PageAnswer } from './answer';
import type { Live } from './live';
import type { Answering } from './page-server';

/** Milliseconds of simulated time that can be skipped at once: a day. */
const LONGEST_SKIP = 86_400_000;

const Time = z.union([
  z.strictObject({ speed: z.union(SPEEDS.map((speed) => z.literal(speed))) }),
  z.strictObject({ skip: z.number().int().positive().max(LONGEST_SKIP) }),
  z.strictObject({ cancel: z.literal(true) }),
]);
const PageAsked = z.strictObject({
  as: Person,
  module: z.string(),
  extension: z.record(z.string(), z.unknown()).optional(),
  locale: z.string().optional(),
});

interface Parts {
  readonly sandbox: Pick<Sandbox, 'site' | 'atlassian'>;
  readonly act: Acting;
  readonly look: LookAtConsole;
  readonly time: TimeDriver;
  readonly live: Live;
  readonly kept: boolean;
  readonly onDefect: (problem: string) => void;
}

/** What the page asks of the sandbox: what somebody sees, what they do, and time. Everything else is left to `otherwise`. */
export const createApi = (parts: Parts, otherwise: Answering): Answering => {
  const { sandbox, act, look, time, live } = parts;

  const reading: Readonly<Record<string, (query: URLSearchParams) => Promise<PageAnswer>>> = {
    /** A GET of the Jira site's own REST API, signed in as somebody. */
    '/api/jira': async (query) => {
      const path = Act.options[0].shape.path.parse(query.get('path'));
      const { status, text } = await sandbox.site.send(Person.parse(query.get('as')), 'GET', path);
      return { status, type: 'application/json; charset=utf-8', body: text };
    },
    '/api/aws/accounts': async (query) => json(await look.accounts(Person.parse(query.get('as')))),
    '/api/aws/stack': async (query) =>
      json(await look.stack(Person.parse(query.get('as')), needed(query, 'account'), needed(query, 'stack'))),
    '/api/aws/secret': async (query) =>
      json(await look.secret(Person.parse(query.get('as')), needed(query, 'name'))),
    '/api/aws/launchable': async (query) =>
      json(await look.launchable(Person.parse(query.get('as')), needed(query, 'account'))),
    '/api/aws/parameters': async (query) =>
      json(
        await look.launchParameters(
          Person.parse(query.get('as')),
          needed(query, 'account'),
          needed(query, 'product'),
          needed(query, 'version'),
        ),
      ),
    '/api/sandbox': () =>
      Promise.resolve(
        json({ kept: parts.kept, project: { id: PROJECT.id, key: PROJECT.key, name: PROJECT.name } }),
      ),
  };

  const writing: Readonly<Record<string, (body: unknown) => Promise<PageAnswer>>> = {
    '/api/act': async (body) => {
      const { status, body: said } = await act(read(Act, body));
      return json({ status, body: said });
    },
    /** What a page's code is told of where it stands, or why it is not shown. */
    '/api/page': (body) => {
      const { as, module, extension, locale } = read(PageAsked, body);
      const onlooker: Onlooker = as;
      return Promise.resolve(
        json(
          sandbox.atlassian.openPage({
            ...{ as: onlooker, module },
            ...(extension ? { extension } : {}),
            ...(locale === undefined ? {} : { locale }),
          }),
        ),
      );
    },
    '/api/time': (body) => {
      const asked = read(Time, body);
      if ('speed' in asked) time.setSpeed(asked.speed);
      else if ('cancel' in asked) time.cancelSkip();
      else time.skip(asked.skip).catch((error: unknown) => parts.onDefect(String(error)));
      return Promise.resolve(json(time.view()));
    },
  };

  return async (message, response, url) => {
    const { pathname, searchParams } = url;
    if (pathname === '/api/events' && message.method === 'GET') {
      live.join(response);
      return undefined;
    }
    const reads = reading[pathname];
    const writes = writing[pathname];
    if (message.method === 'GET' && reads) return refusable(() => reads(searchParams));
    if (message.method === 'POST' && writes) {
      const body = await bodyOf(message);
      return refusable(() => writes(body));
    }
    return otherwise(message, response, url);
  };
};

const read = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> => {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new NotAnswered(400, z.prettifyError(parsed.error));
  return parsed.data;
};

const needed = (query: URLSearchParams, name: string): string => {
  const value = query.get(name);
  if (value === null) throw new NotAnswered(400, `The query has to say ${name}.`);
  return value;
};

/** What AWS refuses is said as it says it; what was asked wrongly is, too. */
const refusable = async (run: () => Promise<PageAnswer>): Promise<PageAnswer> => {
  try {
    return await run();
  } catch (error) {
    if (error instanceof z.ZodError) throw new NotAnswered(400, z.prettifyError(error));
    if (error instanceof Error && '$metadata' in error) {
      throw new NotAnswered(400, `${error.name}: ${error.message}`);
    }
    throw error;
  }
};
