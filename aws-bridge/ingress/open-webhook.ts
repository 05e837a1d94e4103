import type { WebhookMessage } from '../contract/messages';
import { openJson, type SealedMessage } from '../contract/signed-json';
import { fitsWebhook } from '../contract/webhook-fits';

interface Opened {
  readonly id: string;
  readonly content: WebhookMessage;
}

/**
 * Opens what `POST /webhook` is sent: verifies it, then reads it. Of a message that is as it should be no schema is asked, so
 * that it need not be built.
 * @throws SignatureRefused, BodyTooLarge, MessageMalformed
 */
export const openWebhook = (sealed: SealedMessage): Opened | Promise<Opened> => {
  const { id, value } = openJson(sealed);
  return fitsWebhook(value) ? { id, content: value } : openBySchema(id, value);
};

const openBySchema = async (id: string, value: unknown): Promise<Opened> => {
  const { parseWebhook } = await import('./by-schema');
  return { id, content: parseWebhook(value) };
};
