import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSignedEndpoint } from '../../../aws-bridge/runtime/signed-endpoint';
import { createSignedFetch } from '../../../aws-bridge/runtime/signed-fetch';
import { createStartExecution, operationFunction } from '../../../aws-bridge/runtime/start-execution';
import { createStartOperation } from '../../../aws-bridge/ingress/start-operation';
import { composeIngress } from '../../../aws-bridge/ingress/compose';
import type { OperationApproved } from '../../../aws-bridge/contract/messages';
import { awsConfiguration } from '../../../aws-bridge/runtime/environment';
import { answerAtOnce, ENVIRONMENT } from '../quick-aws';

/**
 * The ingress behind a server of Node's, once as it is (`/webhook`) and once with nothing verified (`/unverified`): JSON is
 * parsed and an operation started all the same. AWS answers at once, so that the share of verifying shows at its largest.
 */

answerAtOnce();
const silent = (): void => undefined;
const now = (): Date => new Date();
const lambda = createSignedFetch('lambda', awsConfiguration(ENVIRONMENT, 'LAMBDA'), { now, timeout: 5_000 });
const startExecution = createStartExecution(lambda, operationFunction(ENVIRONMENT.OPERATION_FUNCTION));
const startOperation = createStartOperation({ startExecution });

const unverified = createSignedEndpoint(
  {
    path: '/unverified',
    site: ENVIRONMENT.SITE_ID,
    // Believed as it comes: that is what is compared with.
    open: ({ body, headers }) => ({
      id: String(headers['webhook-id']),
      content: JSON.parse(Buffer.from(body).toString()) as OperationApproved,
    }),
  },
  {
    signingKeys: () => Promise.resolve([]),
    checkToken: undefined,
    respond: async ({ data }) => {
      const { accepted } = await startOperation(data);
      return { status: 202, body: accepted, outcome: 'started' };
    },
    now,
    log: silent,
  },
);
const handlers = { '/webhook': composeIngress(ENVIRONMENT, now, silent), '/unverified': unverified };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const rawPath = request.url === '/unverified' ? '/unverified' : '/webhook';
    const { headers } = request;
    void handlers[rawPath]({
      rawPath,
      requestContext: { http: { method: request.method } },
      headers,
      body: Buffer.concat(chunks).toString(),
      isBase64Encoded: false,
    }).then(({ statusCode, headers: answered, body }) => response.writeHead(statusCode, answered).end(body));
  });
});
server.listen(0, '127.0.0.1', () => {
  // A listening server's address is an object unless it is a pipe.
  process.send?.((server.address() as AddressInfo).port);
});
process.on('disconnect', () => process.exit(0));
