import { z } from 'zod';
import { uuidOf } from '../deterministic-ids';
import { defineModel, flag, policy, tags, text } from '../resource-model';

export const kmsKey = defineModel({
  type: 'AWS::KMS::Key',
  properties: z.strictObject({
    Description: text.optional(),
    EnableKeyRotation: flag.optional(),
    KeyPolicy: policy.optional(),
    Tags: tags,
  }),
  attributes: ['Arn', 'KeyId'],
  takes: { create: 12, delete: 3 },
  create: (_properties, site) => {
    const id = uuidOf(site.stackId, site.logicalId);
    return { id, attributes: { KeyId: id, Arn: `arn:aws:kms:${site.region}:${site.account}:key/${id}` } };
  },
});
