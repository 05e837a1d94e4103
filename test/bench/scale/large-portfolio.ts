import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { composeCatalog } from '../../../aws-bridge/catalog/compose';
import { CatalogAnswer } from '../../../aws-bridge/contract/catalog';
import { seal } from '../../../aws-bridge/contract/codec';
import { signingKey } from '../../../aws-bridge/contract/signature';
import { SITE } from '../../builders/orders';
import { aSecret, NOW } from '../../builders/signed-messages';

/** Service Catalog's page, of products and of constraints. */
const PAGE = 20;
const SECRET = aSecret(1);

const Asked = z.object({ PageToken: z.string().optional(), ProductId: z.string().optional() });
const Answered = z.object({ statusCode: z.literal(200), body: z.string() });

/** A hub whose portfolio has so many products of one version, each with a launch constraint, as a service answers. */
const answers = (products: number): Readonly<Record<string, (asked: z.infer<typeof Asked>) => object>> => {
  const paged = <Item>({ PageToken = '0' }: z.infer<typeof Asked>, item: (n: number) => Item) => {
    const from = Number(PageToken);
    const to = Math.min(from + PAGE, products);
    const items = Array.from({ length: to - from }, (_, index) => item(from + index));
    return { items, ...(to < products && { NextPageToken: String(to) }) };
  };
  return {
    GetSecretValue: () => ({ SecretString: JSON.stringify({ current: SECRET }) }),
    GetPublicKey: () => ({ PublicKey: 'AAAA' }),
    SearchProductsAsAdmin: (asked) => {
      const { items, ...next } = paged(asked, (n) => ({
        ProductViewSummary: {
          ...{ ProductId: `prod-${n}`, Name: `Product ${n}`, Owner: 'Platform' },
          Type: 'CLOUD_FORMATION_TEMPLATE',
        },
      }));
      return { ProductViewDetails: items, ...next };
    },
    ListConstraintsForPortfolio: (asked) => {
      const { items, ...next } = paged(asked, (n) => ({
        ...{ ConstraintId: `cons-${n}`, ProductId: `prod-${n}`, Type: 'LAUNCH' },
      }));
      return { ConstraintDetails: items, ...next };
    },
    ListProvisioningArtifacts: ({ ProductId = '' }) => ({
      ProvisioningArtifactDetails: [
        {
          ...{ Id: ProductId.replace('prod', 'pa'), Name: 'v1', Type: 'CLOUD_FORMATION_TEMPLATE' },
          ...{ CreatedTime: 1_767_225_600, Active: true, Guidance: 'DEFAULT' },
        },
      ],
    }),
  };
};

/**
 * Asks the catalog function for a portfolio, and then whether it has changed.
 * @returns how often AWS was called for the second answer, by operation
 */
export const callsForUnchanged = async (products: number): Promise<Readonly<Record<string, number>>> => {
  const known = answers(products);
  let calls: Record<string, number> = {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      calls[operation] = (calls[operation] ?? 0) + 1;
      const answer = known[operation]?.(Asked.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
      response
        .writeHead(answer ? 200 : 501, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(answer ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  const handler = composeCatalog(
    {
      ...{ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' },
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      ...{ PORTFOLIOS: '{"eu-west-1":"port-1"}', WEBHOOK_SECRET_ID: 'webhook', SITE_ID: SITE },
      ...{ CHOICES_ROLE_NAME: 'GatehouseChoices', EXTERNAL_ID: 'external', SEALED_VALUES_KEY: 'key' },
    },
    () => NOW,
    () => undefined,
  );
  const ask = async (revision: string | null): Promise<CatalogAnswer> => {
    const describedVersions = Array.from({ length: products }, (_, n) => `pa-${n}`);
    const data = { site: SITE, revision, describedVersions };
    const content = { type: 'catalog.requested', timestamp: NOW.toISOString(), data };
    const { headers, body } = seal({ id: 'catalogue', at: NOW, content, key: signingKey(SECRET) });
    const http = { method: 'POST', path: '/catalog' };
    const answer = await handler({
      ...{ rawPath: http.path, headers, body, isBase64Encoded: false },
      requestContext: { http },
    });
    return CatalogAnswer.parse(JSON.parse(Answered.parse(answer).body));
  };
  try {
    const first = await ask(null);
    if (!first.changed) throw new Error('A catalogue is unchanged for somebody who has none');
    calls = {};
    const second = await ask(first.catalog.revision);
    if (second.changed) throw new Error('The catalogue has changed by itself');
    return calls;
  } finally {
    server.closeAllConnections();
    server.close();
  }
};
