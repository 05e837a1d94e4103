import { suffixOf } from '../../aws/cloudformation/deterministic-ids';
import { madeUpName } from '../deploy-stack';
import type { Made, Place } from '../resource';

type Properties = Readonly<Record<string, unknown>>;

/** What a type without effect tells those that refer to it, and why nothing in the sandbox depends on it. */
interface WithoutEffect {
  readonly because: string;
  made(place: Place, properties: Properties): Made;
}

const named =
  (property: string, longest = 128) =>
  (place: Place, properties: Properties): string => {
    const given = properties[property];
    return typeof given === 'string' ? given : madeUpName(place, longest);
  };

/** Something whose `Ref` is its name and whose only attribute is an ARN. */
const withArn = (
  because: string,
  property: string,
  arnOf: (name: string, place: Place) => string,
): WithoutEffect => ({
  because,
  made: (place, properties) => {
    const id = named(property)(place, properties);
    return { id, attributes: { Arn: arnOf(id, place) } };
  },
});

const plain = (because: string): WithoutEffect => ({
  because,
  made: (place) => ({ id: `${place.logicalId}-${suffixOf(place.stackId, place.logicalId)}` }),
});

const nobodyWatches = 'nothing in the sandbox measures, and nobody is called at night';
const noLogs = "what functions log is handed to the sandbox's log";

/** Types that a stack may have and that change nothing in the sandbox. Any other that has no applier is refused. */
const TYPES: Readonly<Record<string, WithoutEffect | undefined>> = {
  'AWS::CloudWatch::Alarm': withArn(
    nobodyWatches,
    'AlarmName',
    (name, { region, account }) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
  ),
  'AWS::CloudWatch::CompositeAlarm': plain(nobodyWatches),
  'AWS::CloudWatch::Dashboard': plain(nobodyWatches),
  'AWS::Logs::MetricFilter': plain(nobodyWatches),
  'AWS::Logs::LogGroup': withArn(
    noLogs,
    'LogGroupName',
    (name, { region, account }) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
  ),
  'AWS::Logs::ResourcePolicy': plain(noLogs),
  'AWS::SQS::Queue': {
    because: 'the sandbox shows what Lambda and EventBridge gave up on; nothing reads a dead-letter queue',
    made: (place, properties) => {
      const name = named('QueueName', 80)(place, properties);
      const { region, account } = place;
      const arn = `arn:aws:sqs:${region}:${account}:${name}`;
      const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
      return { id: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
    },
  },
  'AWS::SQS::QueuePolicy': plain('nothing sends to a queue in the sandbox'),
  'AWS::StepFunctions::StateMachine': {
    because: "the sandbox itself asks a custom resource's provider whether it is complete",
    made: (place, properties) => {
      const name = named('StateMachineName', 80)(place, properties);
      const arn = `arn:aws:states:${place.region}:${place.account}:stateMachine:${name}`;
      return { id: arn, attributes: { Arn: arn, Name: name } };
    },
  },
  'AWS::SecretsManager::ResourcePolicy': plain('only roles of the secrets own account ask for them'),
  'AWS::CloudFormation::WaitConditionHandle': plain('a template that makes nothing else has one'),
  'AWS::CDK::Metadata': plain('it tells AWS which version of CDK was used'),
};

export const withoutEffect = (type: string): WithoutEffect | undefined => TYPES[type];
