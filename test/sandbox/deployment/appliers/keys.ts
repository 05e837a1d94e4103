import { z } from 'zod';
import { uuidOf } from '../../aws/cloudformation/deterministic-ids';
import { applierOf, document, text } from '../resource';
import type { World } from '../world';

/**
 * A symmetric key encrypts nothing here, but who reads what it protects has to be allowed to use it. An asymmetric one
 * has a key pair.
 */
const key = applierOf({
  type: 'AWS::KMS::Key',
  properties: z.object({
    KeyPolicy: z.looseObject({ Statement: z.array(document) }),
    KeySpec: text.default('SYMMETRIC_DEFAULT'),
    KeyUsage: text.default('ENCRYPT_DECRYPT'),
  }),
  quiet: [
    'Description',
    'EnableKeyRotation',
    'Enabled',
    'MultiRegion',
    'PendingWindowInDays',
    'RotationPeriodInDays',
    'Tags',
  ],
  apply: (properties, { account, region, stackId, logicalId }, { roles, keys }: World) => {
    const { KeyPolicy: policy, KeySpec: spec, KeyUsage: usage } = properties;
    const id = uuidOf(stackId, logicalId);
    const arn = `arn:aws:kms:${region}:${account}:key/${id}`;
    keys.create({ arn, spec, usage });
    for (const statement of policy.Statement) roles.addStatement(arn, statement);
    return { id, attributes: { Arn: arn, KeyId: id } };
  },
});

const alias = applierOf({
  type: 'AWS::KMS::Alias',
  properties: z.object({ AliasName: text, TargetKeyId: text }),
  apply: ({ AliasName: name, TargetKeyId: keyId }, { account, region }, { keys }: World) => {
    keys.name(`arn:aws:kms:${region}:${account}:${name}`, keyId);
    return { id: name };
  },
});

export const keyAppliers = [key, alias];
