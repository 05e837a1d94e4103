import { z } from 'zod';
import type { PolicyDocument } from '../../iam/role';
import type { Existing } from '../inventory';
import { defineModel, flag, policy, type ServiceCall, tags, text, uuidFor } from '../resource-model';
import { isTagged, on, requestTags } from './service-calls';

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
  create: (properties, site) => {
    const id = uuidFor(site);
    const arn = `arn:aws:kms:${site.region}:${site.account}:key/${id}`;
    return {
      id,
      attributes: { KeyId: id, Arn: arn },
      policies: { [arn]: properties.KeyPolicy ?? theAccountDecides(site.account) },
    };
  },
  calls: {
    create: ({ EnableKeyRotation: rotates }, resource) => [
      { action: 'kms:CreateKey', resource: '*', context: requestTags(resource) },
      ...(isTagged(resource) ? ofKey(resource, 'kms:TagResource') : []),
      ...(rotates ? ofKey(resource, 'kms:EnableKeyRotation') : []),
    ],
    remove: (resource) => [
      ...ofKey(resource, 'kms:DescribeKey'),
      ...ofKey(resource, 'kms:ScheduleKeyDeletion'),
    ],
  },
});

const ofKey = ({ attributes }: Existing, action: string): readonly ServiceCall[] =>
  on(attributes['Arn'] ?? '', [action]);

/** The policy of a key that comes without one. */
const theAccountDecides = (account: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
  ],
});
