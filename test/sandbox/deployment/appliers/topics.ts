import { z } from 'zod';
import { madeUpName } from '../deploy-stack';
import { applierOf, document, text } from '../resource';
import type { World } from '../world';

const topic = applierOf({
  type: 'AWS::SNS::Topic',
  properties: z.object({ TopicName: text.optional(), KmsMasterKeyId: text.optional() }),
  quiet: ['DisplayName', 'Tags'],
  apply: (properties, place, { topics, customerKeys }: World) => {
    const { TopicName: name = madeUpName(place, 256), KmsMasterKeyId: key } = properties;
    const arn = `arn:aws:sns:${place.region}:${place.account}:${name}`;
    topics.create(arn);
    if (key !== undefined) customerKeys.encrypt(arn, key);
    return { id: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
});

const topicPolicy = applierOf({
  type: 'AWS::SNS::TopicPolicy',
  properties: z.object({
    PolicyDocument: z.looseObject({ Statement: z.array(document) }),
    Topics: z.array(text).min(1),
  }),
  apply: (properties, place, { roles }: World) => {
    for (const arn of properties.Topics) {
      for (const statement of properties.PolicyDocument.Statement) roles.addStatement(arn, statement);
    }
    return { id: madeUpName(place, 128) };
  },
});

const subscription = applierOf({
  type: 'AWS::SNS::Subscription',
  properties: z.object({ TopicArn: text, Protocol: text, Endpoint: text }),
  apply: ({ TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint }, place, { topics }: World) => {
    topics.subscribe({ topicArn, protocol, endpoint });
    return { id: `${topicArn}:${madeUpName(place, 128)}` };
  },
});

export const topicAppliers = [topic, topicPolicy, subscription];
