import { z } from 'zod';
import { defineModel, flag, madeUpName, refusedBy, type Site, tags, text, whole } from '../resource-model';
import { isTagged, on, onAll, requestTags, resourceTags } from './service-calls';

const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
/** What an alarm does when it changes: at most five ARNs. */
const actions = z.array(text).max(5).default([]);

const Properties = z.strictObject({
  ActionsEnabled: flag.optional(),
  AlarmActions: actions,
  AlarmDescription: text.pipe(z.string().max(1024)).optional(),
  AlarmName: text.optional(),
  ComparisonOperator: z.enum([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanOrEqualToThreshold',
    'LessThanThreshold',
  ]),
  DatapointsToAlarm: whole.optional(),
  Dimensions: z
    .array(z.strictObject({ Name: text, Value: text }))
    .max(30)
    .default([]),
  EvaluationPeriods: whole,
  InsufficientDataActions: actions,
  MetricName: text,
  Namespace: text,
  OKActions: actions,
  Period: whole,
  Statistic: z.enum(['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum']),
  Tags: tags,
  Threshold: number,
  TreatMissingData: z.enum(['breaching', 'ignore', 'missing', 'notBreaching']).optional(),
});

/** An alarm on one metric. */
export const alarm = defineModel({
  type: 'AWS::CloudWatch::Alarm',
  properties: Properties,
  attributes: ['Arn'],
  takes: { create: 3, delete: 2 },
  create: (properties, site) => {
    const name = properties.AlarmName ?? madeUpName(site, 255);
    if (site.inventory.find('AWS::CloudWatch::Alarm', site, name)) {
      const message = `Resource of type 'AWS::CloudWatch::Alarm' with identifier '${name}' already exists.`;
      throw refusedBy(site, { service: 'CloudWatch', message, code: 'AlreadyExists' });
    }
    check(properties, site);
    return {
      id: name,
      attributes: { Arn: `arn:aws:cloudwatch:${site.region}:${site.account}:alarm:${name}` },
    };
  },
  calls: {
    create: (_properties, resource) => [
      ...on(resource.attributes['Arn'] ?? '', ['cloudwatch:PutMetricAlarm'], requestTags(resource)),
      ...(isTagged(resource)
        ? on(resource.attributes['Arn'] ?? '', ['cloudwatch:TagResource'], requestTags(resource))
        : []),
      ...onAll('cloudwatch:DescribeAlarms'),
    ],
    remove: (resource) => [
      ...onAll('cloudwatch:DescribeAlarms'),
      ...on(resource.attributes['Arn'] ?? '', ['cloudwatch:DeleteAlarms'], resourceTags(resource)),
    ],
  },
});

const check = (properties: z.infer<typeof Properties>, site: Site): void => {
  const refused = (message: string): Error =>
    refusedBy(site, { service: 'CloudWatch', message, code: 'InvalidRequest' });
  const { Period: period, EvaluationPeriods: periods, DatapointsToAlarm: points } = properties;
  if (![10, 20, 30].includes(period) && (period < 60 || period % 60 !== 0)) {
    throw refused('Period must be 10, 20, 30 or a multiple of 60');
  }
  if (periods < 1 || period * periods > 7 * 86_400) {
    throw refused(
      'Metrics cannot be checked across more than 7 days (EvaluationPeriods * Period must be <= 604800)',
    );
  }
  if (points !== undefined && (points < 1 || points > periods)) {
    throw refused('DatapointsToAlarm must be less than or equal to EvaluationPeriods');
  }
  const { AlarmActions: raised, OKActions: over, InsufficientDataActions: unknown } = properties;
  const wrong = [...raised, ...over, ...unknown].find(
    (action) => !/^arn:aws:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|ec2):.+$/.test(action),
  );
  if (wrong !== undefined) throw refused(`Invalid arn syntax: ${wrong}`);
};
