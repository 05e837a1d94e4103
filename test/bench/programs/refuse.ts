import { sign } from '../../../aws-bridge/contract/signature';
import { composeIngress } from '../../../aws-bridge/ingress/compose';
import { interleave } from '../interleave';
import { answerAtOnce, ENVIRONMENT } from '../quick-aws';
import { aMessageOf, SIZES } from './signed-messages';

/**
 * Has the ingress accept and refuse messages of each kind in turns, with AWS answering at once; writes microseconds a message,
 * round by round.
 */

const ROUNDS = 40;
const TIMES = 200;
/** Characters of bodies that are too long: just so, and as much as Lambda hands over at most. */
const OVERSIZE = { 'just too long': 270_000, 'as long as can be': 6_000_000 } as const;

answerAtOnce();
const handler = composeIngress(ENVIRONMENT, undefined, () => undefined);

const eventOf = (body: string, headers: object): object => ({
  rawPath: '/webhook',
  requestContext: { http: { method: 'POST' } },
  headers,
  body,
  isBase64Encoded: false,
});

const handling = (event: object, status: number) => async (): Promise<number> => {
  const began = performance.now();
  for (let n = 0; n < TIMES; n++) {
    const { statusCode, body } = await handler(event);
    if (statusCode !== status) throw new Error(`Answered ${statusCode}, not ${status}: ${body}`);
  }
  return ((performance.now() - began) * 1000) / TIMES;
};

const kinds = (bytes: number): Record<string, () => Promise<number>> => {
  const { body, headers, key } = aMessageOf(bytes);
  const text = body.toString();
  const signed = (content: string) => ({
    ...headers,
    ...sign({ id: headers['webhook-id'], at: new Date(), body: Buffer.from(content), key }),
  });
  const seconds = Math.floor(Date.now() / 1000);
  const withoutSignature = Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== 'webhook-signature'),
  );
  const unknownMember = text.replace('"kind"', '"unknown":1,"kind"');
  const changed = text.replace('Invoices', 'Insights');
  const otherSite = text.replace(ENVIRONMENT.SITE_ID, '99999999-2222-4333-8444-555555555555');
  const spaced = text.replace(',"data"', ', "data"');
  return {
    accepting: handling(eventOf(text, headers), 200),
    'a changed body': handling(eventOf(changed, headers), 401),
    'no signature': handling(eventOf(text, withoutSignature), 401),
    'a stale one': handling(eventOf(text, { ...headers, 'webhook-timestamp': String(seconds - 3600) }), 401),
    'an id that is none': handling(eventOf(text, { ...headers, 'webhook-id': 'a.b' }), 401),
    'not our JSON': handling(eventOf(spaced, signed(spaced)), 400),
    'an unknown member': handling(eventOf(unknownMember, signed(unknownMember)), 400),
    'another digest': handling(eventOf(changed, signed(changed)), 400),
    'another site': handling(eventOf(otherSite, signed(otherSite)), 400),
  };
};

const measured: Record<string, object> = {};
for (const [size, bytes] of Object.entries(SIZES)) {
  const event = aMessageOf(bytes);
  // So that accepting is a repeat, and answered 200, from the first time on.
  await handler(eventOf(event.body.toString(), event.headers));
  measured[size] = await interleave(kinds(bytes), { rounds: ROUNDS, warmUp: 5 });
}
const { headers } = aMessageOf(1_000);
measured['oversize'] = await interleave(
  Object.fromEntries(
    Object.entries(OVERSIZE).map(([name, length]) => [
      name,
      handling(eventOf('x'.repeat(length), headers), 413),
    ]),
  ),
  { rounds: ROUNDS, warmUp: 5 },
);
process.stdout.write(`${JSON.stringify(measured)}\n`);
