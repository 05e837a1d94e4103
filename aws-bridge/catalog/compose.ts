import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import * as z from 'zod/mini';
import type { ChoicesAnswer } from '../contract/choices';
import { open } from '../contract/codec';
import { AwsRegion, ServiceCatalogId } from '../contract/identifiers';
import { CatalogMessage } from '../contract/messages';
import { AWS_CALL_TIMEOUT, awsConfiguration, type Environment, required } from '../runtime/environment';
import type { HttpAnswer } from '../runtime/http-event';
import { invocationTokenCheckFrom } from '../runtime/invocation-token';
import { consoleLog, type Log } from '../runtime/log';
import { createPublicKeyReader } from '../runtime/public-key';
import { createQueryCall } from '../runtime/query-call';
import { createSignedEndpoint } from '../runtime/signed-endpoint';
import { createSignedFetch } from '../runtime/signed-fetch';
import { createSigningKeys } from '../runtime/signing-keys';
import { createSecretReader } from '../runtime/stored-secret';
import { createAnswerCatalog } from './answer-catalog';
import { createAnswerChoices } from './choices/answer-choices';
import { createEnterAccount } from './choices/enter-account';
import { createReadTemplate } from './read-template';
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

/** The catalog function: tells the Forge app what the hub's portfolio offers, and what a tenant account has to choose from. */
export const composeCatalog = (
  env: Environment,
  now: () => Date = () => new Date(),
  log: Log = consoleLog,
): ((event: unknown) => Promise<HttpAnswer>) => {
  const secretsManager = createSignedFetch('secretsmanager', awsConfiguration(env, 'SECRETS_MANAGER'), {
    now,
    timeout: SECRET_TIMEOUT,
  });
  const signed = { now, timeout: AWS_CALL_TIMEOUT };
  const sealingKey = required(env, 'SEALED_VALUES_KEY');
  const publicKey = createPublicKeyReader(
    createSignedFetch('kms', awsConfiguration(env, 'KMS'), signed),
    sealingKey,
  );
  const answerCatalog = createAnswerCatalog(
    Object.fromEntries(
      Object.entries(portfoliosOf(env)).map(([region, portfolioId]) => {
        const clients = {
          serviceCatalog: new ServiceCatalogClient({ ...awsConfiguration(env, 'SERVICE_CATALOG'), region }),
          cloudFormation: new CloudFormationClient({ ...awsConfiguration(env, 'CLOUDFORMATION'), region }),
          readTemplate: createReadTemplate({ ...awsConfiguration(env, 'S3'), region }, signed),
        };
        return [region, createPortfolio(portfolioId, clients)];
      }),
    ),
    async () => ({ id: sealingKey, publicKey: Buffer.from(await publicKey()).toString('base64') }),
    now,
  );
  const answerChoices = createAnswerChoices({
    enter: createEnterAccount({
      sts: createQueryCall(
        'sts',
        '2011-06-15',
        createSignedFetch('sts', awsConfiguration(env, 'STS'), signed),
      ),
      roleName: required(env, 'CHOICES_ROLE_NAME'),
      externalId: required(env, 'EXTERNAL_ID'),
      now,
    }),
    ec2: (region, credentials) => {
      const session = { ...awsConfiguration(env, 'EC2'), region, credentials };
      return createQueryCall('ec2', '2016-11-15', createSignedFetch('ec2', session, signed));
    },
  });
  return createSignedEndpoint(
    {
      path: '/catalog',
      site: required(env, 'SITE_ID'),
      open: (sealed) => open(CatalogMessage, sealed),
    },
    {
      signingKeys: createSigningKeys({
        readSecret: createSecretReader(secretsManager, required(env, 'WEBHOOK_SECRET_ID')),
        now,
      }),
      checkToken: invocationTokenCheckFrom(env, now),
      respond: async (message) => {
        if (message.type === 'choices.requested') {
          const body = await answerChoices(message.data);
          return { status: 200, body, outcome: outcomeOf(body) };
        }
        const body = await answerCatalog(message.data);
        return { status: 200, body, outcome: body.changed ? 'catalog-told' : 'catalog-unchanged' };
      },
      now,
      log,
    },
  );
};

/** For the log: what stands in the way, where something does. */
const outcomeOf = ({ choices }: ChoicesAnswer): string => {
  const refused = choices.find((choice) => choice.outcome === 'refused');
  return refused === undefined ? 'choices-told' : `choices-refused-${refused.reason}`;
};
