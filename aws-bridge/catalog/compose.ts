import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import * as z from 'zod/mini';
import { open } from '../contract/codec';
import { AwsRegion, ServiceCatalogId } from '../contract/identifiers';
import { CatalogRequested } from '../contract/messages';
import { awsConfiguration, type Environment, required } from '../runtime/environment';
import type { HttpAnswer } from '../runtime/http-event';
import { invocationTokenCheckFrom } from '../runtime/invocation-token';
import { consoleLog, type Log } from '../runtime/log';
import { createSignedEndpoint } from '../runtime/signed-endpoint';
import { createSignedFetch } from '../runtime/signed-fetch';
import { createSigningKeys } from '../runtime/signing-keys';
import { createSecretReader } from '../runtime/stored-secret';
import { createAnswerCatalog } from './answer-catalog';
import { createPortfolio } from './service-catalog';

/** Milliseconds for reading the secret. */
const SECRET_TIMEOUT = 5_000;

/** The function was deployed with portfolios that it cannot read. */
export class PortfoliosMalformed extends Error {
  override readonly name = 'PortfoliosMalformed';
  constructor(text: string) {
    super(
      `PORTFOLIOS is ${text}; it has to be JSON with a portfolio's id for each region: {"eu-west-1":"port-…"}`,
    );
  }
}

const Portfolios = z
  .record(AwsRegion, ServiceCatalogId)
  .check(z.refine((all) => Object.keys(all).length > 0));

/** @throws PortfoliosMalformed */
const portfoliosOf = (env: Environment): z.infer<typeof Portfolios> => {
  const text = required(env, 'PORTFOLIOS');
  try {
    return Portfolios.parse(JSON.parse(text));
  } catch {
    throw new PortfoliosMalformed(text);
  }
};

/** The catalog function: tells the Forge app what the hub's portfolio offers. */
export const composeCatalog = (
  env: Environment,
  now: () => Date = () => new Date(),
  log: Log = consoleLog,
): ((event: unknown) => Promise<HttpAnswer>) => {
  const secretsManager = createSignedFetch('secretsmanager', awsConfiguration(env, 'SECRETS_MANAGER'), {
    now,
    timeout: SECRET_TIMEOUT,
  });
  const answerCatalog = createAnswerCatalog(
    Object.fromEntries(
      Object.entries(portfoliosOf(env)).map(([region, portfolioId]) => {
        const clients = {
          serviceCatalog: new ServiceCatalogClient({ ...awsConfiguration(env, 'SERVICE_CATALOG'), region }),
          cloudFormation: new CloudFormationClient({ ...awsConfiguration(env, 'CLOUDFORMATION'), region }),
        };
        return [region, createPortfolio(portfolioId, clients)];
      }),
    ),
  );
  return createSignedEndpoint(
    {
      path: '/catalog',
      site: required(env, 'SITE_ID'),
      open: (sealed) => open(CatalogRequested, sealed),
    },
    {
      signingKeys: createSigningKeys({
        readSecret: createSecretReader(secretsManager, required(env, 'WEBHOOK_SECRET_ID')),
        now,
      }),
      checkToken: invocationTokenCheckFrom(env, now),
      respond: async ({ data }) => {
        const body = await answerCatalog(data);
        return { status: 200, body, outcome: body.changed ? 'catalog-told' : 'catalog-unchanged' };
      },
      now,
      log,
    },
  );
};
