import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { madeUpName } from '../deploy-stack';
import { applierOf, text } from '../resource';
import type { World } from '../world';

const table = applierOf({
  type: 'AWS::DynamoDB::Table',
  properties: z.object({
    TableName: text.optional(),
    AttributeDefinitions: z.array(z.record(z.string(), z.unknown())),
    KeySchema: z.array(z.record(z.string(), z.unknown())),
  }),
  // The table's protocol is real; encryption, recovery, billing and time to live have no counterpart in it.
  quiet: [
    'BillingMode',
    'DeletionProtectionEnabled',
    'OnDemandThroughput',
    'PointInTimeRecoverySpecification',
    'SSESpecification',
    'Tags',
    'TimeToLiveSpecification',
  ],
  apply: async (properties, place, { createTable }: World) => {
    const { AttributeDefinitions, KeySchema, TableName = madeUpName(place, 255) } = properties;
    await createTable({ TableName, AttributeDefinitions, KeySchema });
    const arn = `arn:aws:dynamodb:${place.region}:${place.account}:table/${TableName}`;
    return { id: TableName, attributes: { Arn: arn } };
  },
});

const secret = applierOf({
  type: 'AWS::SecretsManager::Secret',
  properties: z.object({
    Name: text,
    SecretString: text.optional(),
    GenerateSecretString: z
      .looseObject({ SecretStringTemplate: text.optional(), GenerateStringKey: text.optional() })
      .optional(),
  }),
  quiet: ['Description', 'KmsKeyId', 'Tags'],
  apply: (properties, _, { secrets }: World) => {
    const { Name: name, GenerateSecretString: generated, SecretString: given } = properties;
    secrets.put(name, given ?? generatedSecret(generated));
    const arn = secrets.find(name)?.arn ?? '';
    return { id: arn, attributes: { Id: arn } };
  },
});

const generatedSecret = (
  wish: { SecretStringTemplate?: string | undefined; GenerateStringKey?: string | undefined } | undefined,
): string => {
  const value = randomBytes(24).toString('base64');
  if (wish?.GenerateStringKey === undefined) return value;
  const beside = z.record(z.string(), z.unknown()).parse(JSON.parse(wish.SecretStringTemplate ?? '{}'));
  return JSON.stringify({ ...beside, [wish.GenerateStringKey]: value });
};

export const storageAppliers = [table, secret];
