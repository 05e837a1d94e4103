import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { composeIngress } from '../../../aws-bridge/ingress/compose';
import { Refusal } from '../../../aws-bridge/contract/messages';
import { SITE } from '../../builders/orders';
import type { Attempt, Receiver, Reception } from '../attempt';
import { standardHeaders } from './standard-webhooks';

const FUNCTION = 'arn:aws:lambda:eu-west-1:100000000002:function:operation';
const SecretAsked = z.object({ SecretId: z.string() });

/** Secrets Manager and Lambda as far as the ingress calls them: secrets by their name, and every start is taken. */
const startAws = async () => {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      if (incoming.headers['x-amz-target'] === 'secretsmanager.GetSecretValue') {
        const { SecretId } = SecretAsked.parse(JSON.parse(Buffer.concat(chunks).toString()));
        const [current, previous] = SecretId.split('_')
          .slice(1)
          .map((hex) => `whsec_${Buffer.from(hex, 'hex').toString('base64')}`);
        outgoing.end(
          JSON.stringify({ SecretString: JSON.stringify({ current, ...(previous && { previous }) }) }),
        );
        return;
      }
      const arn = `${FUNCTION}:7/durable-execution/${String(incoming.headers['x-amz-durable-execution-name'])}/1`;
      outgoing.writeHead(202, { 'x-amz-durable-execution-arn': arn });
      outgoing.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // A listening server's address is an object unless it is a pipe.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
};

/** What an HTTP API hands to the function: names in lower case, a header that comes twice joined by a comma. */
const eventOf = (attempt: Attempt): object => {
  const { signed, sent = {} } = attempt;
  const body = sent.body ?? signed.body;
  const text = body.toString('utf8');
  const { transport = Buffer.from(text).equals(body) ? 'text' : 'base64' } = sent;
  return {
    version: '2.0',
    rawPath: '/webhook',
    requestContext: { http: { method: 'POST' } },
    headers: Object.fromEntries(
      Object.entries(standardHeaders(attempt)).map(([name, value]) => [
        name,
        Array.isArray(value) && !sent.listed?.length ? value.join(',') : value,
      ]),
    ),
    body: transport === 'base64' || transport === 'base64 called text' ? body.toString('base64') : text,
    isBase64Encoded: transport === 'base64' || transport === 'text called base64',
  };
};

/** The bridge's real ingress, with its signed calls to what stands in for AWS on the loopback interface. */
export const createIngress = async (now: Date): Promise<Receiver> => {
  const aws = await startAws();
  const handlers = new Map<string, ReturnType<typeof composeIngress>>();
  const handlerWith = (keys: readonly Buffer[]) => {
    const secret = ['keys', ...keys.map((key) => key.toString('hex'))].join('_');
    const known = handlers.get(secret);
    if (known) return known;
    const handler = composeIngress(
      {
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_ENDPOINT_URL: aws.url,
        OPERATION_FUNCTION: `${FUNCTION}:live`,
        WEBHOOK_SECRET_ID: secret,
        WAITERS_TABLE: 'waiters',
        SITE_ID: SITE,
      },
      () => now,
      () => undefined,
    );
    handlers.set(secret, handler);
    return handler;
  };

  return {
    name: 'the ingress',
    close: aws.close,
    receive: async (attempt): Promise<Reception> => {
      try {
        const { statusCode, body } = await handlerWith(attempt.keys ?? [attempt.signed.key])(
          eventOf(attempt),
        );
        if (statusCode < 300) return { outcome: 'accepted', how: String(statusCode) };
        const refusal = Refusal.safeParse(JSON.parse(body));
        return refusal.success
          ? { outcome: 'refused', how: `${statusCode} ${refusal.data.error}` }
          : { outcome: 'crashed', how: `${statusCode} without a reason` };
      } catch (error) {
        return { outcome: 'crashed', how: error instanceof Error ? error.constructor.name : 'unknown' };
      }
    },
  };
};
