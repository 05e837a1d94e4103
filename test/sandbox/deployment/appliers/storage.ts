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
    SSESpecification: z.looseObject({ KMSMasterKeyId: text.optional() }).optional(),
  }),
  // The table's protocol is real; recovery, billing and time to live have no counterpart in it.
  quiet: [
    'BillingMode',
    'DeletionProtectionEnabled',
    'OnDemandThroughput',
    'PointInTimeRecoverySpecification',
    'Tags',
    'TimeToLiveSpecification',
  ],
  apply: async (properties, place, { createTable, customerKeys }: World) => {
    const { AttributeDefinitions, KeySchema, TableName = madeUpName(place, 255) } = properties;
    await createTable({ TableName, AttributeDefinitions, KeySchema });
    const arn = `arn:aws:dynamodb:${place.region}:${place.account}:table/${TableName}`;
    const key = properties.SSESpecification?.KMSMasterKeyId;
    if (key !== undefined) customerKeys.encrypt(arn, key);
    return { id: TableName, attributes: { Arn: arn } };
  },
});

const secret = applierOf({
  type: 'AWS::SecretsManager::Secret',
  properties: z.object({
    Name: text,
    KmsKeyId: text.optional(),
    SecretString: text.optional(),
    GenerateSecretString: z
      .looseObject({ SecretStringTemplate: text.optional(), GenerateStringKey: text.optional() })
      .optional(),
  }),
  quiet: ['Description', 'Tags'],
  apply: (properties, _, { secrets, customerKeys }: World) => {
    const { Name: name, GenerateSecretString: generated, SecretString: given, KmsKeyId: key } = properties;
    const arn = secrets.create(name);
    const value = generated ? generatedSecret(generated) : given;
    if (value !== undefined) secrets.put(name, value);
    if (key !== undefined) customerKeys.encrypt(arn, key);
    return { id: arn, attributes: { Id: arn } };
  },
});

const generatedSecret = (wish: {
  SecretStringTemplate?: string | undefined;
  GenerateStringKey?: string | undefined;
}): string => {
  const value = randomBytes(24).toString('base64');
  if (wish.GenerateStringKey === undefined) return value;
  const beside = z.record(z.string(), z.unknown()).parse(JSON.parse(wish.SecretStringTemplate ?? '{}'));
  return JSON.stringify({ ...beside, [wish.GenerateStringKey]: value });
};

export const storageAppliers = [table, secret];
