import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { verify } from '../../../aws-bridge/contract/signature';
import { openWebhook } from '../../../aws-bridge/ingress/open-webhook';
import { interleave } from '../interleave';
import { WEBHOOK_SECRET } from '../quick-aws';
import { aMessageOf, SIZES } from './signed-messages';

/** Verifies one message again and again, by ours and by the others in turns; writes microseconds a message, round by round. */

const ROUNDS = 60;
/** Bytes that each contestant works on in a round. */
const BYTES_A_ROUND = 4_000_000;
const FEWEST = 300;

/** As a key object: with the bytes alone, Node 24 takes thirty times as long for an HMAC. */
const secret = createSecretKey(WEBHOOK_SECRET.slice('whsec_'.length), 'base64');

/** The least that has to be computed: the HMAC, its comparison, and where asked, JSON. */
const rawly = (body: Buffer, headers: ReturnType<typeof aMessageOf>['headers']): void => {
  const mac = createHmac('sha256', secret)
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`)
    .update(body)
    .digest();
  const given = Buffer.from(headers['webhook-signature'].slice('v1,'.length), 'base64');
  if (!timingSafeEqual(mac, given)) throw new Error('The baseline refuses a genuine message');
};

const measured: Record<string, object> = {};
for (const [size, bytes] of Object.entries(SIZES)) {
  const { body, headers, key } = aMessageOf(bytes);
  const times = Math.max(FEWEST, Math.round(BYTES_A_ROUND / bytes / 4));
  const webhook = new Webhook(WEBHOOK_SECRET);
  const repeatedly = (work: () => void) => (): number => {
    const began = performance.now();
    for (let n = 0; n < times; n++) work();
    return ((performance.now() - began) * 1000) / times;
  };
  const message = () => ({ headers, body, keys: [key], now: new Date() });
  measured[size] = await interleave(
    {
      open: repeatedly(() => void openWebhook(message())),
      'raw with JSON': repeatedly(() => {
        rawly(body, headers);
        JSON.parse(body.toString());
      }),
      verify: repeatedly(() => void verify(message())),
      raw: repeatedly(() => rawly(body, headers)),
      standardwebhooks: repeatedly(() => void webhook.verify(body, headers, { jsonParse: false })),
    },
    { rounds: ROUNDS, warmUp: 10 },
  );
}
process.stdout.write(`${JSON.stringify(measured)}\n`);
