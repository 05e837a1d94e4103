import { z } from 'zod';
import type { Existing } from '../inventory';
import {
  defineModel,
  madeUpName,
  policy,
  refusedBy,
  type ServiceCall,
  type Site,
  tags,
  text,
  uuidFor,
} from '../resource-model';
import { isTagged, on, requestTags, resourceTags } from './service-calls';

const PROTOCOLS = ['application', 'email', 'email-json', 'firehose', 'http', 'https', 'lambda', 'sms', 'sqs'];

interface Subscriber {
  readonly Protocol: string;
  readonly Endpoint: string;
}

export const topic = defineModel({
  type: 'AWS::SNS::Topic',
  properties: z.strictObject({
    DisplayName: text.optional(),
    KmsMasterKeyId: text.optional(),
    Subscription: z.array(z.strictObject({ Endpoint: text, Protocol: text })).default([]),
    Tags: tags,
    TopicName: text.optional(),
  }),
  attributes: ['TopicArn', 'TopicName'],
  takes: { create: 8, delete: 5 },
  create: (properties, site) => {
    const name = properties.TopicName ?? madeUpName(site, 256);
    const arn = `arn:aws:sns:${site.region}:${site.account}:${name}`;
    if (!/^[\w-]{1,256}$/.test(name)) throw refused(site, 'Invalid parameter: Topic Name');
    if (site.inventory.find('AWS::SNS::Topic', site, arn)) {
      const message = `Resource of type 'AWS::SNS::Topic' with identifier '${arn}' already exists.`;
      throw refusedBy(site, { service: 'Sns', message, code: 'AlreadyExists' });
    }
    for (const subscriber of properties.Subscription) checkSubscriber(subscriber, site);
    return { id: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
  calls: {
    create: ({ Subscription: subscribers }, topic) => [
      ...on(topic.id, ['sns:CreateTopic'], requestTags(topic)),
      ...(isTagged(topic) ? on(topic.id, ['sns:TagResource'], requestTags(topic)) : []),
      ...subscribers.flatMap((subscriber) => subscribes(topic.id, subscriber, topic)),
      ...on(topic.id, ['sns:GetTopicAttributes'], resourceTags(topic)),
    ],
    remove: (topic) => on(topic.id, ['sns:GetTopicAttributes', 'sns:DeleteTopic'], resourceTags(topic)),
  },
});

const refused = (site: Site, message: string): Error =>
  refusedBy(site, { service: 'Sns', message, code: 'InvalidRequest' });

const checkSubscriber = ({ Protocol: protocol, Endpoint: endpoint }: Subscriber, site: Site): void => {
  if (!PROTOCOLS.includes(protocol)) {
    throw refused(site, `Invalid parameter: Amazon SNS does not support this protocol string: ${protocol}`);
  }
  if (protocol.startsWith('email') && !/^[^@\s]+@[^@\s]+$/.test(endpoint)) {
    throw refused(site, 'Invalid parameter: Email address');
  }
  if (['lambda', 'sqs', 'firehose', 'application'].includes(protocol) && !endpoint.startsWith('arn:')) {
    throw refused(site, `Invalid parameter: ${protocol} endpoint ARN`);
  }
};

const subscribes = (arn: string, subscriber: Subscriber, topic?: Existing): readonly ServiceCall[] =>
  on(arn, ['sns:Subscribe'], {
    'sns:Protocol': subscriber.Protocol,
    'sns:Endpoint': subscriber.Endpoint,
    ...(topic && resourceTags(topic)),
  });

const present = (arn: string, site: Site): Existing => {
  const found = site.inventory.find('AWS::SNS::Topic', site, arn);
  if (found) return found;
  throw refusedBy(site, { service: 'Sns', message: 'Topic does not exist', code: 'NotFound', status: 404 });
};

export const topicPolicy = defineModel({
  type: 'AWS::SNS::TopicPolicy',
  properties: z.strictObject({ PolicyDocument: policy, Topics: z.array(text).min(1) }),
  attributes: ['Id'],
  takes: { create: 3, delete: 2 },
  create: (properties, site) => {
    const topics = properties.Topics.map((arn) => present(arn, site).id);
    const id = madeUpName(site, 128);
    return { id, attributes: { Id: id }, facts: { topics: topics.join(' ') } };
  },
  calls: {
    create: (_properties, resource) => setsPolicy(resource),
    remove: (resource) => setsPolicy(resource),
  },
});

const setsPolicy = ({ facts }: Existing): readonly ServiceCall[] =>
  (facts['topics'] ?? '').split(' ').flatMap((arn) => on(arn, ['sns:SetTopicAttributes']));

export const subscription = defineModel({
  type: 'AWS::SNS::Subscription',
  properties: z.strictObject({ Endpoint: text, Protocol: text, TopicArn: text }),
  attributes: ['Arn'],
  takes: { create: 3, delete: 2 },
  create: (properties, site) => {
    checkSubscriber(properties, site);
    const arn = `${present(properties.TopicArn, site).id}:${uuidFor(site)}`;
    return { id: arn, attributes: { Arn: arn }, facts: { topic: properties.TopicArn } };
  },
  calls: {
    create: (properties, { facts }) => subscribes(facts['topic'] ?? '', properties),
    remove: ({ facts }) => on(facts['topic'] ?? '', ['sns:GetSubscriptionAttributes', 'sns:Unsubscribe']),
  },
});
