import { z } from 'zod';
import type { Existing } from '../inventory';
import {
  defineModel,
  flag,
  GLOBAL,
  refusedBy,
  type ServiceCall,
  type Site,
  suffixFor,
  tags,
  text,
  uuidFor,
  whole,
} from '../resource-model';
import { checkNothingIn } from './network-dependencies';
import { isTagged, on, requestTags, resourceTags } from './service-calls';

/** An id such as CloudFront gives: `E` and thirteen capital letters and digits. */
export const cloudFrontId = (site: Site): string =>
  `E${suffixFor(site)}${suffixFor(site, 'last').slice(0, 1)}`.toUpperCase();

/** CloudFront's actions that make something know no resource; the name or id comes with the request. */
export const makes = (action: string, resource: Existing): readonly ServiceCall[] => [
  { action: `cloudfront:${action}`, resource: '*', context: requestTags(resource) },
];

const inCloudFront = ({ account }: Existing, what: string): string =>
  `arn:aws:cloudfront::${account}:${what}`;

const alreadyExists = (site: Site, what: string): Error => {
  const message = `${what} with the same name already exists in your AWS account.`;
  return refusedBy(site, { service: 'CloudFront', message, code: 'AlreadyExists', status: 409 });
};

const isNameTaken = (site: Site, type: string, name: string): boolean =>
  site.inventory.all(type, { ...site, region: GLOBAL }).some(({ facts }) => facts['name'] === name);

export const originAccessControl = defineModel({
  type: 'AWS::CloudFront::OriginAccessControl',
  global: true,
  properties: z.strictObject({
    OriginAccessControlConfig: z.strictObject({
      Description: text.optional(),
      Name: text.pipe(z.string().min(1).max(64)),
      OriginAccessControlOriginType: z.enum(['lambda', 'mediapackagev2', 'mediastore', 's3']),
      SigningBehavior: z.enum(['always', 'never', 'no-override']),
      SigningProtocol: z.enum(['sigv4']),
    }),
  }),
  attributes: ['Id'],
  takes: { create: 4, delete: 2 },
  create: ({ OriginAccessControlConfig: { Name: name } }, site) => {
    if (isNameTaken(site, 'AWS::CloudFront::OriginAccessControl', name)) {
      throw alreadyExists(site, 'An origin access control');
    }
    const id = cloudFrontId(site);
    return { id, attributes: { Id: id }, facts: { name } };
  },
  calls: {
    create: (_properties, resource) => makes('CreateOriginAccessControl', resource),
    remove: (resource) =>
      on(inCloudFront(resource, `origin-access-control/${resource.id}`), [
        'cloudfront:GetOriginAccessControl',
        'cloudfront:DeleteOriginAccessControl',
      ]),
  },
  checkDeletable: (resource, inventory) =>
    checkNothingIn(resource, inventory, {
      fact: 'accessControls',
      types: ['AWS::CloudFront::Distribution'],
      service: 'CloudFront',
      message:
        "Cannot delete the origin access control because it's in use by one or more CloudFront distributions.",
    }),
});

const Overriding = { Override: flag };

export const responseHeadersPolicy = defineModel({
  type: 'AWS::CloudFront::ResponseHeadersPolicy',
  global: true,
  properties: z.strictObject({
    ResponseHeadersPolicyConfig: z.strictObject({
      Comment: text.optional(),
      Name: text.pipe(z.string().min(1).max(128)),
      SecurityHeadersConfig: z
        .strictObject({
          ContentSecurityPolicy: z
            .strictObject({ ...Overriding, ContentSecurityPolicy: text.pipe(z.string().min(1)) })
            .optional(),
          ContentTypeOptions: z.strictObject(Overriding).optional(),
          FrameOptions: z
            .strictObject({ ...Overriding, FrameOption: z.enum(['DENY', 'SAMEORIGIN']) })
            .optional(),
          ReferrerPolicy: z
            .strictObject({
              ...Overriding,
              ReferrerPolicy: z.enum([
                'no-referrer',
                'no-referrer-when-downgrade',
                'origin',
                'origin-when-cross-origin',
                'same-origin',
                'strict-origin',
                'strict-origin-when-cross-origin',
                'unsafe-url',
              ]),
            })
            .optional(),
          StrictTransportSecurity: z
            .strictObject({
              ...Overriding,
              AccessControlMaxAgeSec: whole,
              IncludeSubdomains: flag.optional(),
              Preload: flag.optional(),
            })
            .optional(),
        })
        .optional(),
    }),
  }),
  attributes: ['Id'],
  takes: { create: 4, delete: 2 },
  create: ({ ResponseHeadersPolicyConfig: { Name: name } }, site) => {
    if (isNameTaken(site, 'AWS::CloudFront::ResponseHeadersPolicy', name)) {
      throw alreadyExists(site, 'A response headers policy');
    }
    const id = uuidFor(site);
    return { id, attributes: { Id: id }, facts: { name } };
  },
  calls: {
    create: (_properties, resource) => makes('CreateResponseHeadersPolicy', resource),
    remove: (resource) =>
      on(inCloudFront(resource, `response-headers-policy/${resource.id}`), [
        'cloudfront:GetResponseHeadersPolicy',
        'cloudfront:DeleteResponseHeadersPolicy',
      ]),
  },
  checkDeletable: (resource, inventory) =>
    checkNothingIn(resource, inventory, {
      fact: 'headersPolicies',
      types: ['AWS::CloudFront::Distribution'],
      service: 'CloudFront',
      message:
        "Cannot delete the response headers policy because it's attached to one or more distributions.",
    }),
});

/** Bytes that the code of a function may have. */
const LONGEST_FUNCTION = 10_240;

export const edgeFunction = defineModel({
  type: 'AWS::CloudFront::Function',
  global: true,
  properties: z.strictObject({
    AutoPublish: flag.default(false),
    FunctionCode: text,
    FunctionConfig: z.strictObject({
      Comment: text,
      Runtime: z.enum(['cloudfront-js-1.0', 'cloudfront-js-2.0']),
    }),
    Name: text.pipe(z.string().regex(/^[\w-]{1,64}$/)),
    Tags: tags,
  }),
  attributes: ['FunctionARN', 'FunctionMetadata.FunctionARN', 'Stage'],
  takes: { create: 8, delete: 4 },
  create: (properties, site) => {
    const { Name: name, FunctionCode: code, AutoPublish: published } = properties;
    const arn = `arn:aws:cloudfront::${site.account}:function/${name}`;
    if (site.inventory.find('AWS::CloudFront::Function', { ...site, region: GLOBAL }, arn)) {
      throw alreadyExists(site, 'A function');
    }
    const size = Buffer.byteLength(code);
    if (size === 0 || size > LONGEST_FUNCTION) {
      const message = `The function code is ${size} bytes, and the limit is ${LONGEST_FUNCTION}.`;
      throw refusedBy(site, { service: 'CloudFront', message, code: 'InvalidRequest' });
    }
    const stage = published ? 'LIVE' : 'DEVELOPMENT';
    return {
      id: arn,
      attributes: { FunctionARN: arn, 'FunctionMetadata.FunctionARN': arn, Stage: stage },
      facts: { stage },
    };
  },
  calls: {
    create: ({ AutoPublish: published }, resource) => [
      ...makes('CreateFunction', resource),
      ...(isTagged(resource) ? on(resource.id, ['cloudfront:TagResource'], requestTags(resource)) : []),
      ...(published ? on(resource.id, ['cloudfront:PublishFunction'], resourceTags(resource)) : []),
      ...on(resource.id, ['cloudfront:DescribeFunction'], resourceTags(resource)),
    ],
    remove: (resource) =>
      on(resource.id, ['cloudfront:DescribeFunction', 'cloudfront:DeleteFunction'], resourceTags(resource)),
  },
  checkDeletable: (resource, inventory) =>
    checkNothingIn(resource, inventory, {
      fact: 'functions',
      types: ['AWS::CloudFront::Distribution'],
      service: 'CloudFront',
      message: "Cannot delete the function because it's in use by one or more distributions.",
    }),
});
