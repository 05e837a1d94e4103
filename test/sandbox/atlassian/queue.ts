import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { NotModelled } from '../aws/service';
import { cross, type HttpAnswer, json, Refused, type Wire } from './loopback';
import { type Outcome, retryAsked } from './invocations';

const MAX_EVENTS = 50;
const MAX_PAYLOAD_BYTES = 200 * 1024;
const RETENTION = 24 * 3_600_000;
const MAX_RETRY_DELAY = 900_000;
/** Milliseconds after which the platform repairs a failure of its own. */
const PLATFORM_RETRY = 5000;

const PushEvent = z.strictObject({
  body: z.record(z.string(), z.unknown()),
  delayInSeconds: z.number().min(0).max(900).optional(),
  concurrency: z.strictObject({ key: z.string(), limit: z.number().int().positive() }).optional(),
});

const Push = z.object({ queueName: z.string(), jobId: z.string(), payload: z.array(PushEvent) });

interface QueuedEvent {
  readonly queue: string;
  readonly jobId: string;
  readonly eventId: string;
  readonly body: unknown;
  readonly enqueuedAt: number;
  readonly retry: { readonly count: number; readonly reason: string; readonly data: unknown } | undefined;
  /** Attempts so far, those included that the platform spoilt. */
  readonly attempts: number;
}

export interface QueueSettings {
  /** Milliseconds that an event takes to reach its consumer, besides the delay that it asks for. */
  latency: number;
}

/**
 * Forge's async events: at least once, within 24 hours.
 * @param consumers the consumers of the manifest, by queue
 */
export const createQueue = (
  wire: Wire,
  settings: QueueSettings,
  consumers: ReadonlyMap<string, (event: object) => Promise<Outcome>>,
) => {
  let made = 0;
  let twice = 0;

  const consume = (queue: string, event: object): Promise<Outcome> => {
    const consumer = consumers.get(queue);
    if (!consumer) throw new Error(`The manifest has no consumer for the queue ${queue}`);
    return consumer(event);
  };

  const drop = ({ queue, eventId }: QueuedEvent): void =>
    wire.journal.record({
      at: wire.clock.now(),
      caller: 'forge',
      service: 'forge queue',
      operation: 'drop',
      status: 0,
      detail: { queue, event: eventId },
    });

  const again = (event: QueuedEvent, delay: number, retry: QueuedEvent['retry']): void => {
    const at = wire.clock.now().getTime() + delay;
    if (at > event.enqueuedAt + RETENTION) drop(event);
    else deliverAfter(delay, { ...event, retry, attempts: event.attempts + 1 });
  };

  /** Decides whether an event comes again because its consumer failed or asked for it. */
  const afterOutcome = (event: QueuedEvent, outcome: Outcome): 'delivered' | 'retried' => {
    const count = (event.retry?.count ?? 0) + 1;
    if (outcome.kind === 'threw') {
      const backoff = Math.min(MAX_RETRY_DELAY, 1000 * 2 ** event.attempts);
      again(event, backoff, { count, reason: 'FUNCTION_ERROR', data: undefined });
      return 'retried';
    }
    const retry = retryAsked(outcome.result);
    if (!retry) return 'delivered';
    const delay = Math.min(MAX_RETRY_DELAY, (retry.retryAfter ?? 1) * 1000);
    again(event, delay, {
      count,
      reason: retry.retryReason ?? 'FUNCTION_RETRY_REQUEST',
      data: retry.retryData,
    });
    return 'retried';
  };

  const deliver = async (event: QueuedEvent): Promise<void> => {
    const { queue, jobId, eventId, retry } = event;
    const remainingTimeMs = event.enqueuedAt + RETENTION - wire.clock.now().getTime();
    const retryContext = retry && {
      retryCount: retry.count,
      retryReason: retry.reason,
      retryData: retry.data,
      retentionWindow: { startTime: new Date(event.enqueuedAt).toISOString(), remainingTimeMs },
    };
    let became: 'delivered' | 'retried' | undefined;
    const answer = await cross(
      wire,
      {
        caller: 'forge',
        service: 'forge queue',
        operation: 'deliver',
        detail: { queue, event: eventId },
        throttled: json(429, {}),
        failed: json(500, {}),
      },
      async () => {
        const outcome = await consume(queue, {
          body: event.body,
          queueName: queue,
          jobId,
          eventId,
          ...(retryContext && { retryContext }),
        });
        became = afterOutcome(event, outcome);
        return json(became === 'delivered' ? 200 : 424, {});
      },
    );
    const lost = answer === 'broken' || became === undefined;
    if (lost && became !== 'retried') again(event, PLATFORM_RETRY, event.retry);
  };

  const deliverAfter = (delay: number, event: QueuedEvent): void =>
    wire.clock.after(delay, `delivery of ${event.eventId} from queue ${event.queue}`, () => deliver(event));

  const publish = (body: Buffer): HttpAnswer => {
    const push = Push.safeParse(JSON.parse(body.toString()));
    if (!push.success) throw new Refused(json(400, { message: z.prettifyError(push.error) }));
    const { queueName, jobId, payload } = push.data;
    if (payload.length === 0 || payload.length > MAX_EVENTS) {
      throw new Refused(json(400, { message: `A push has 1 to ${MAX_EVENTS} events` }));
    }
    if (Buffer.byteLength(JSON.stringify(payload)) > MAX_PAYLOAD_BYTES) {
      throw new Refused(json(413, { errorMessage: 'A push has at most 200 KB' }));
    }
    if (!consumers.has(queueName)) {
      throw new Refused(json(400, { message: `No consumer of the manifest reads the queue ${queueName}` }));
    }
    if (payload.some(({ concurrency }) => concurrency))
      throw new NotModelled("a queue's concurrency control");
    for (const { body: content, delayInSeconds = 0 } of payload) {
      const event: QueuedEvent = {
        queue: queueName,
        jobId,
        eventId: `event-${++made}`,
        body: content,
        enqueuedAt: wire.clock.now().getTime(),
        retry: undefined,
        attempts: 0,
      };
      const delay = delayInSeconds * 1000 + settings.latency;
      deliverAfter(delay, event);
      if (twice > 0) {
        twice -= 1;
        deliverAfter(delay + 1000, event);
      }
    }
    return json(201, {});
  };

  return {
    publish: (caller: string, body: Buffer) =>
      cross(
        wire,
        {
          caller,
          service: 'forge queue',
          operation: 'push',
          throttled: json(429, { message: 'Too many requests' }),
          failed: json(500, { message: 'Something went wrong' }),
        },
        () => publish(body),
      ),
    /** The next `events` events that are pushed reach their consumer twice. */
    deliverTwice: (events = 1): void => {
      twice += events;
    },
  };
};
export type Queue = ReturnType<typeof createQueue>;
