import { z } from 'zod';
import type { Existing } from '../inventory';
import {
  defineModel,
  flag,
  madeUpName,
  policy,
  refusedBy,
  type ServiceCall,
  type Site,
  tags,
  text,
  whole,
} from '../resource-model';
import { isTagged, on, requestTags, resourceTags } from './service-calls';

const RedriveAllowPolicy = z.strictObject({
  redrivePermission: z.enum(['allowAll', 'byQueue', 'denyAll']),
  sourceQueueArns: z.array(text).max(10).optional(),
});
const Properties = z.strictObject({
  ContentBasedDeduplication: flag.optional(),
  DelaySeconds: whole.optional(),
  FifoQueue: flag.default(false),
  KmsMasterKeyId: text.optional(),
  MaximumMessageSize: whole.optional(),
  MessageRetentionPeriod: whole.optional(),
  QueueName: text.optional(),
  ReceiveMessageWaitTimeSeconds: whole.optional(),
  RedriveAllowPolicy: RedriveAllowPolicy.optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: text, maxReceiveCount: whole }).optional(),
  SqsManagedSseEnabled: flag.optional(),
  Tags: tags,
  VisibilityTimeout: whole.optional(),
});
type Properties = z.infer<typeof Properties>;

export const queue = defineModel({
  type: 'AWS::SQS::Queue',
  properties: Properties,
  attributes: ['Arn', 'QueueName', 'QueueUrl'],
  takes: { create: 35, delete: 62 },
  create: (properties, site) => {
    const { FifoQueue: fifo } = properties;
    const name = properties.QueueName ?? `${madeUpName(site, fifo ? 75 : 80)}${fifo ? '.fifo' : ''}`;
    const url = `https://sqs.${site.region}.amazonaws.com/${site.account}/${name}`;
    const arn = `arn:aws:sqs:${site.region}:${site.account}:${name}`;
    checkName(name, fifo, site);
    if (site.inventory.find('AWS::SQS::Queue', site, url)) {
      const message = `Resource of type 'AWS::SQS::Queue' with identifier '${name}' already exists.`;
      throw refusedBy(site, { service: 'Sqs', message, code: 'AlreadyExists' });
    }
    checkAttributes(properties, site);
    checkDeadLetters(properties, arn, site);
    return {
      id: url,
      attributes: { Arn: arn, QueueName: name, QueueUrl: url },
      facts: {
        fifo: String(fifo),
        takesFrom: sourcesOf(properties.RedriveAllowPolicy),
      },
    };
  },
  calls: {
    create: (_properties, resource) => [
      ...ofQueue(resource, 'CreateQueue', ...(isTagged(resource) ? ['TagQueue'] : [])).map((call) => ({
        ...call,
        context: requestTags(resource),
      })),
      ...ofQueue(resource, 'GetQueueUrl', 'GetQueueAttributes', 'ListQueueTags'),
    ],
    remove: (resource) => ofQueue(resource, 'DeleteQueue', 'GetQueueAttributes'),
  },
});

const ofQueue = (queue: Existing, ...actions: readonly string[]): readonly ServiceCall[] =>
  on(
    queue.attributes['Arn'] ?? '',
    actions.map((action) => `sqs:${action}`),
    resourceTags(queue),
  );

const refused = (site: Site, message: string): Error =>
  refusedBy(site, { service: 'Sqs', message, code: 'InvalidRequest' });

const checkName = (name: string, fifo: boolean, site: Site): void => {
  if (fifo && !/^[\w-]{1,75}\.fifo$/.test(name)) {
    throw refused(
      site,
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length',
    );
  }
  if (!fifo && !/^[\w-]{1,80}$/.test(name)) {
    throw refused(
      site,
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
};

const BOUNDS = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
} as const;

const checkAttributes = (properties: Properties, site: Site): void => {
  for (const [name, [least, most]] of Object.entries(BOUNDS)) {
    const value = properties[name as keyof typeof BOUNDS];
    if (value === undefined || (value >= least && value <= most)) continue;
    throw refused(site, `Invalid value for the parameter ${name}.`);
  }
  if (properties.ContentBasedDeduplication !== undefined && !properties.FifoQueue) {
    throw refused(site, 'Unknown Attribute ContentBasedDeduplication.');
  }
  if (properties.KmsMasterKeyId !== undefined && properties.SqsManagedSseEnabled === true) {
    throw refused(
      site,
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  const { redrivePermission, sourceQueueArns = [] } = properties.RedriveAllowPolicy ?? {};
  if (redrivePermission !== undefined && (redrivePermission === 'byQueue') !== sourceQueueArns.length > 0) {
    throw refused(
      site,
      `Value ${JSON.stringify(properties.RedriveAllowPolicy)} for parameter RedriveAllowPolicy is invalid. ` +
        'Reason: sourceQueueArns has to be given with redrivePermission byQueue, and only then.',
    );
  }
};

/** ARNs of the queues that may put their dead letters here; a star for every queue. */
const sourcesOf = (allowed: Properties['RedriveAllowPolicy']): string => {
  if (!allowed || allowed.redrivePermission === 'allowAll') return '*';
  return (allowed.sourceQueueArns ?? []).join(' ');
};

const checkDeadLetters = (properties: Properties, arn: string, site: Site): void => {
  const { RedrivePolicy: redrive, FifoQueue: fifo } = properties;
  if (!redrive) return;
  const invalid = (reason: string): Error =>
    refused(
      site,
      `Value ${JSON.stringify(redrive)} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
    );
  if (redrive.maxReceiveCount < 1 || redrive.maxReceiveCount > 1000) {
    throw invalid(
      `Invalid value for maxReceiveCount: ${redrive.maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`,
    );
  }
  const target = site.inventory
    .all('AWS::SQS::Queue', site)
    .find(({ attributes }) => attributes['Arn'] === redrive.deadLetterTargetArn);
  if (!target) throw invalid('Dead letter target does not exist.');
  if (target.facts['fifo'] !== String(fifo)) {
    throw invalid(`Dead-letter queue must be same type of queue as the source.`);
  }
  const sources = (target.facts['takesFrom'] ?? '').split(' ');
  if (!sources.includes('*') && !sources.includes(arn)) {
    throw invalid('The dead-letter queue does not allow redrive from this source queue.');
  }
};

export const queuePolicy = defineModel({
  type: 'AWS::SQS::QueuePolicy',
  properties: z.strictObject({ Queues: z.array(text).min(1), PolicyDocument: policy }),
  attributes: ['Id'],
  takes: { create: 2, delete: 2 },
  create: (properties, site) => {
    const arns = properties.Queues.map((url) => {
      const found = site.inventory.find('AWS::SQS::Queue', site, url);
      if (found) return found.attributes['Arn'] ?? '';
      const message = 'The specified queue does not exist.';
      throw refusedBy(site, { service: 'Sqs', message, code: 'NotFound' });
    });
    const id = madeUpName(site, 128);
    return { id, attributes: { Id: id }, facts: { queues: arns.join(' ') } };
  },
  calls: {
    create: (_properties, resource) => setsPolicy(resource),
    remove: (resource) => setsPolicy(resource),
  },
});

const setsPolicy = ({ facts }: Existing): readonly ServiceCall[] =>
  (facts['queues'] ?? '').split(' ').flatMap((arn) => on(arn, ['sqs:SetQueueAttributes']));
