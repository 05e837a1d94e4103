import { createHmac } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { type Attempt, NOT_APPLICABLE, type Receiver, type Reception } from '../attempt';
import { withClock } from './with-clock';

/** `v1,` and the base64 of the HMAC over id, timestamp and body. */
export const standardSignature = ({ signed: { id, stamp, body, key } }: Attempt): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${stamp}.`).update(body).digest('base64')}`;

/** The headers of an attempt as Standard Webhooks names them; a value that comes twice is a list. */
export const standardHeaders = (attempt: Attempt): Record<string, string | string[]> => {
  const { signed, sent = {} } = attempt;
  const right = standardSignature(attempt);
  const signature = [sent.signature ? sent.signature(right) : right, ...(sent.more ?? [])].join(' ');
  const values = {
    id: sent.id ?? signed.id,
    stamp: sent.stamp ?? signed.stamp,
    signature,
  } as const;
  const names = { id: 'webhook-id', stamp: 'webhook-timestamp', signature: 'webhook-signature' } as const;
  return Object.fromEntries(
    (['id', 'stamp', 'signature'] as const)
      .filter((header) => !sent.missing?.includes(header))
      .map((header) => {
        const value = values[header];
        if (sent.doubled?.includes(header)) return [names[header], [value, value]];
        return [names[header], sent.listed?.includes(header) ? [value] : value];
      }),
  );
};

/** The reference implementation of Standard Webhooks, called as its documentation says. */
export const createStandardWebhooks = (now: Date): Receiver => ({
  name: 'standardwebhooks 1.1.1',
  receive: (attempt): Reception => {
    const { signed, sent = {}, keys = [signed.key] } = attempt;
    // It takes one key an object, and a body that somebody else has already decoded.
    if (
      keys.length !== 1 ||
      sent.transport === 'text called base64' ||
      sent.transport === 'base64 called text'
    ) {
      return NOT_APPLICABLE;
    }
    try {
      const webhook = new Webhook(`whsec_${(keys[0] ?? signed.key).toString('base64')}`);
      // What an HTTP server of Node makes of a header that comes twice.
      const headers = Object.fromEntries(
        Object.entries(standardHeaders(attempt)).map(([name, value]) => [
          name,
          sent.listed?.length ? value : String(value),
        ]),
      );
      withClock(now, () => webhook.verify(sent.body ?? signed.body, headers as Record<string, string>));
      return { outcome: 'accepted', how: 'verified' };
    } catch (error) {
      if (error instanceof WebhookVerificationError) return { outcome: 'refused', how: error.message };
      // It parses what it has verified: that what was signed is no JSON is not the verifier's refusal.
      if (error instanceof SyntaxError) return { outcome: 'accepted', how: 'verified, then no JSON' };
      return { outcome: 'crashed', how: error instanceof Error ? error.constructor.name : 'unknown' };
    }
  },
});
