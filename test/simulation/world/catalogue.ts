import type { Template } from '../../sandbox/aws/stacks';

/** What the simulated portfolio offers, and what each product's stack does. */
export interface SimulatedProduct {
  readonly key: 'queue' | 'failing' | 'gated';
  readonly name: string;
  readonly template: Template;
}

const Size = { Type: 'String', Default: 'small', AllowedValues: ['small', 'large'] };

const queue: Template = {
  Parameters: { Size },
  Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } },
  Outputs: { Url: { Description: 'Where it is', Value: { Ref: 'Queue' } } },
};

const failing: Template = {
  Parameters: { Size },
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } },
};

/** Seconds that a gate's wait condition waits. */
export const GATE_TIME_LIMIT = 3_600;

const gated = (gateFunction: string): Template => ({
  Parameters: { Size, Requester: { Type: 'String' } },
  Resources: {
    ApprovalHandle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    ApprovalGate: {
      Type: 'Custom::ApprovalGate',
      Properties: {
        ServiceToken: gateFunction,
        ServiceTimeout: '600',
        Handle: { Ref: 'ApprovalHandle' },
        Product: 'Gated queue',
        RequesterEmail: { Ref: 'Requester' },
        TimeLimit: String(GATE_TIME_LIMIT),
        Shown: ['Size'],
        Parameters: { Size: { Ref: 'Size' }, Requester: { Ref: 'Requester' } },
        Template: 'digest-of-the-simulated-template',
      },
    },
    ApprovalWait: {
      Type: 'AWS::CloudFormation::WaitCondition',
      DependsOn: 'ApprovalGate',
      Properties: { Handle: { Ref: 'ApprovalHandle' }, Timeout: String(GATE_TIME_LIMIT), Count: '1' },
    },
    Queue: { Type: 'AWS::SQS::Queue', DependsOn: 'ApprovalWait', Properties: {} },
  },
});

export const simulatedProducts = (gateFunction: string): readonly SimulatedProduct[] => [
  { key: 'queue', name: 'Queue', template: queue },
  { key: 'failing', name: 'Topic', template: failing },
  { key: 'gated', name: 'Gated queue', template: gated(gateFunction) },
];
