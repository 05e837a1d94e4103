import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { NotModelled } from '../aws/service';
import type { Outcome } from './invocations';
import { cross, type HttpAnswer, type HttpRequest, json, type Wire } from './loopback';

const MAX_BODY_BYTES = 5 * 1024 * 1024;

const Response = z.looseObject({
  statusCode: z.number().int().min(100).max(599),
  statusText: z.string().optional(),
  body: z.string().optional(),
  headers: z.record(z.string(), z.array(z.string())).optional(),
});

const GraphQl = z.object({
  query: z.string(),
  variables: z
    .looseObject({
      input: z.looseObject({ triggerKey: z.string(), contextId: z.string() }).optional(),
      forceCreate: z.boolean().nullish(),
      id: z.string().optional(),
    })
    .default({}),
});

/**
 * Web triggers: public URLs without a user behind them, each for one module.
 * @param invoke runs the function of a web trigger's module
 */
export const createWebTriggers = (
  wire: Wire,
  keys: readonly string[],
  invoke: (key: string, request: object) => Promise<Outcome>,
) => {
  const moduleOf = new Map<string, string>();
  let base = '';

  const urlFor = (key: string, another = false): string => {
    if (!keys.includes(key)) throw new Error(`The manifest has no web trigger ${key}`);
    const known = [...moduleOf].find(([, module]) => module === key)?.[0];
    const id = another || !known ? randomBytes(18).toString('base64url').replaceAll(/[-_]/g, 'x') : known;
    moduleOf.set(id, key);
    return `${base}/x1/${id}`;
  };

  const answerOf = (outcome: Outcome): HttpAnswer => {
    if (outcome.kind === 'threw') return json(424, { message: 'The function failed' });
    const response = Response.safeParse(outcome.result);
    if (!response.success) return json(500, { message: 'The function returned no HTTP response' });
    const { statusCode, headers = {}, body = '' } = response.data;
    const flat = Object.entries(headers).map(([name, values]) => [name, values.join(', ')]);
    return { status: statusCode, headers: Object.fromEntries(flat) as Record<string, string>, body };
  };

  const requestOf = (request: HttpRequest, userPath: string): object => ({
    method: request.method,
    path: request.url.pathname,
    userPath,
    body: request.body.toString('utf8'),
    headers: request.headersDistinct,
    queryParameters: Object.fromEntries(
      [...new Set(request.url.searchParams.keys())].map((name) => [
        name,
        request.url.searchParams.getAll(name),
      ]),
    ),
  });

  return {
    connect: (url: string): void => {
      base = url;
    },

    /** The URL of a module's web trigger, as `forge webtrigger create` prints it. */
    url: (key: string): string => urlFor(key),

    /** The function's answer to a request as it is handed over; many requests are quicker past HTTP. */
    call: (key: string, request: object): Promise<Outcome> => invoke(key, request),

    /** Answers a request to `/x1/<id>`. */
    receive: async (request: HttpRequest): Promise<HttpAnswer | 'broken'> => {
      const [, , id = '', ...rest] = request.url.pathname.split('/');
      const key = moduleOf.get(id);
      if (key === undefined) return json(404, { message: 'No such web trigger' });
      const crossing = {
        caller: 'internet',
        service: 'web trigger',
        operation: key,
        detail: { bytes: request.body.length },
        throttled: json(429, { message: 'Too many requests' }, { 'retry-after': '1' }),
        failed: json(500, { message: 'Something went wrong' }),
      };
      return cross(wire, crossing, async () => {
        if (request.body.length > MAX_BODY_BYTES) return json(413, { message: 'At most 5 MB' });
        const userPath = rest.length > 0 ? `/${rest.join('/')}` : '';
        return answerOf(await invoke(key, requestOf(request, userPath)));
      });
    },

    /** Answers the GraphQL requests of `webTrigger` of @forge/api. */
    graphql: (body: Buffer): HttpAnswer => {
      const { query, variables } = GraphQl.parse(JSON.parse(body.toString()));
      if (query.includes('createWebTriggerUrl') && variables.input) {
        const url = urlFor(variables.input.triggerKey, variables.forceCreate ?? false);
        return json(200, { data: { createWebTriggerUrl: { url } } });
      }
      if (query.includes('webTriggerUrlsByAppContext')) {
        const urls = [...moduleOf].map(([id, triggerKey]) => ({ triggerKey, url: `${base}/x1/${id}` }));
        return json(200, { data: { webTriggerUrlsByAppContext: urls } });
      }
      if (query.includes('deleteWebTriggerUrl') && variables.id !== undefined) {
        const success = moduleOf.delete(variables.id);
        const message = success ? null : 'No such web trigger';
        return json(200, { data: { deleteWebTriggerUrl: { success, message } } });
      }
      throw new NotModelled('this GraphQL request');
    },
  };
};
export type WebTriggers = ReturnType<typeof createWebTriggers>;
