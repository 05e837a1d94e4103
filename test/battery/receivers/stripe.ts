import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import { NOT_APPLICABLE, type Receiver, type Reception } from '../attempt';

/** Stripe's scheme has no id: `t=…,v1=<hex of the HMAC over timestamp and body>`, one key. */
export const createStripe = (now: Date): Receiver => {
  const stripe = new Stripe('sk_test_of_nobody');
  return {
    name: 'stripe 23.1.0',
    receive: ({ signed, sent = {}, keys = [signed.key] }): Reception => {
      const about = [sent.id, ...(sent.doubled ?? []), ...(sent.missing ?? [])];
      const idOnly = sent.id !== undefined || about.includes('id') || sent.listed?.includes('id') === true;
      const otherTransport =
        sent.transport === 'text called base64' || sent.transport === 'base64 called text';
      if (idOnly || keys.length !== 1 || otherTransport || sent.listed?.includes('stamp') === true) {
        return NOT_APPLICABLE;
      }
      // The secret is the key's text.
      const secretOf = (key: Buffer) => `whsec_${key.toString('hex')}`;
      const right = createHmac('sha256', secretOf(signed.key))
        .update(`${signed.stamp}.`)
        .update(signed.body)
        .digest('hex');
      const stamp = `t=${sent.stamp ?? signed.stamp}`;
      const tokens = [sent.signature ? sent.signature(`v1=${right}`) : `v1=${right}`, ...(sent.more ?? [])];
      const parts = [
        ...(sent.missing?.includes('stamp')
          ? []
          : sent.doubled?.includes('stamp')
            ? [stamp, stamp]
            : [stamp]),
        ...(sent.missing?.includes('signature') ? [] : tokens),
        ...(sent.doubled?.includes('signature') ? tokens : []),
      ];
      const header = parts.join(',');
      try {
        stripe.webhooks.signature?.verifyHeader(
          sent.body ?? signed.body,
          sent.listed?.includes('signature') ? [header] : header,
          secretOf(keys[0] ?? signed.key),
          300,
          undefined,
          now.getTime(),
        );
        return { outcome: 'accepted', how: 'verified' };
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError) {
          return { outcome: 'refused', how: error.message.split('.')[0] ?? '' };
        }
        return { outcome: 'crashed', how: error instanceof Error ? error.constructor.name : 'unknown' };
      }
    },
  };
};
