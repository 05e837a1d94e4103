import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GateStack } from '../../../infra/bridge/gate-stack';
import { aConfiguration } from '../../builders/configuration';
import { bridgeIn, bridgeTemplate, HOME, HUB, theResource } from './a-bridge';

const AWAY = 'us-east-1';

const withoutBundling = () => new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const gateAway = (): Template => {
  const app = withoutBundling();
  const configuration = aConfiguration({ regions: [HOME, AWAY] });
  const { keys } = bridgeIn(app, configuration);
  return Template.fromStack(
    new GateStack(app, 'gatehouse-gate-us-east-1', {
      configuration,
      home: keys,
      env: { account: HUB, region: AWAY },
    }),
  );
};

test.each([
  ['at home', bridgeTemplate()],
  ['in another region', gateAway()],
])('%s every account of the organization may call the gate function, and nobody else', (_, template) => {
  const permission = theResource(template, 'AWS::Lambda::Permission', { Principal: '*' });
  expect(permission.Properties).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: {
      Ref: theResource(template, 'AWS::Lambda::Function', { FunctionName: 'gatehouse-gate' }).id,
    },
    Principal: '*',
    PrincipalOrgID: 'o-a1b2c3d4e5',
  });
});

test.each([
  ['at home', bridgeTemplate()],
  ['in another region', gateAway()],
])(
  '%s an event that the gate function fails at is kept nowhere, since it carries pre-signed URLs',
  (_, template) => {
    const { id, Properties } = theResource(template, 'AWS::Lambda::Function', {
      FunctionName: 'gatehouse-gate',
    });
    expect(Properties).not.toHaveProperty('DeadLetterConfig');
    const configs = Object.values(template.findResources('AWS::Lambda::EventInvokeConfig')).map(
      (config) => config['Properties'] as Record<string, unknown>,
    );
    const ours = configs.filter(
      ({ FunctionName }) => JSON.stringify(FunctionName) === JSON.stringify({ Ref: id }),
    );
    expect(ours).toEqual([
      {
        FunctionName: { Ref: id },
        MaximumEventAgeInSeconds: 600,
        MaximumRetryAttempts: 2,
        Qualifier: '$LATEST',
      },
    ]);
  },
);

test('a gate in another region starts and wakes operations at home, by a role of its own', () => {
  const template = gateAway();
  const { Properties } = theResource(template, 'AWS::Lambda::Function', { FunctionName: 'gatehouse-gate' });
  expect(Properties['Environment']).toMatchObject({
    Variables: {
      HOME_REGION: HOME,
      OPERATION_FUNCTION: `arn:aws:lambda:${HOME}:${HUB}:function:gatehouse-operation:live`,
      WAITERS_TABLE: 'gatehouse-waiters',
    },
  });
  const role = JSON.stringify(
    theResource(template, 'AWS::IAM::Role', { RoleName: 'gatehouse-gate-us-east-1' }).Properties,
  );
  expect(role).toContain(`arn:aws:dynamodb:${HOME}:${HUB}:table/gatehouse-waiters`);
  expect(role).toContain(`arn:aws:lambda:${HOME}:${HUB}:function:gatehouse-operation:*`);
  expect(role).not.toContain('sts:AssumeRole"],"Effect":"Allow","Resource');
});

test('who is mailed of waiting approvals is a topic of its own, and only where somebody is to be', () => {
  bridgeTemplate().resourcePropertiesCountIs('AWS::SNS::Topic', { TopicName: 'gatehouse-approvals' }, 0);
  const template = bridgeTemplate(aConfiguration({ notifyOfApprovals: 'approvers@example.com' }));
  const topic = theResource(template, 'AWS::SNS::Topic', { TopicName: 'gatehouse-approvals' });
  expect(topic.Properties).toHaveProperty('KmsMasterKeyId');
  theResource(template, 'AWS::SNS::Subscription', {
    TopicArn: { Ref: topic.id },
    Protocol: 'email',
    Endpoint: 'approvers@example.com',
  });
  const { Properties } = theResource(template, 'AWS::Lambda::Function', {
    FunctionName: 'gatehouse-operation',
  });
  expect(Properties['Environment']).toMatchObject({ Variables: { APPROVALS_TOPIC: { Ref: topic.id } } });
});
