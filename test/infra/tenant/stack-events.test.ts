import { StackStatus } from '@aws-sdk/client-cloudformation';
import { decide, StackEvent } from '../../../aws-bridge/wake/stack-event';
import { tenantTemplate } from '../../../infra/tenant/tenant-template';
import { catalogue } from '../../../products/catalogue';
import { aConfiguration } from '../../builders/configuration';
import { type EventPattern, matchesEvent } from '../../sandbox/aws/event-pattern';
import { anOrganization, deployed, HUB, OTHER_TENANT, REGION, TENANT } from './account';

const configuration = aConfiguration();
const rule = deployed(tenantTemplate(configuration, catalogue))['StackEvents'];
const pattern = rule?.Properties['EventPattern'] as EventPattern;
const BUS = `arn:aws:events:${REGION}:${HUB}:event-bus/gatehouse`;

const anEvent = (status: string, stackName = `SC-${TENANT}-pp-abcdefghijklm`): StackEvent =>
  StackEvent.parse({
    id: '7d9c1b2e-0000-4000-8000-000000000001',
    source: 'aws.cloudformation',
    'detail-type': 'CloudFormation Stack Status Change',
    account: TENANT,
    region: REGION,
    detail: {
      'stack-id': `arn:aws:cloudformation:${REGION}:${TENANT}:stack/${stackName}/1d2c3b4a-0000`,
      'status-details': { status },
    },
  });

test.each(Object.values(StackStatus))('%s is forwarded exactly if it wakes somebody', (status) => {
  const event = anEvent(status);
  expect(matchesEvent(pattern, event)).toBe('wake' in decide(event));
});

test('stacks that Service Catalog did not launch are not forwarded', () => {
  expect(matchesEvent(pattern, anEvent('CREATE_COMPLETE'))).toBe(true);
  expect(matchesEvent(pattern, anEvent('CREATE_COMPLETE', 'payroll'))).toBe(false);
});

test('events go to the bus of the hub, for as long as somebody might wait for them', () => {
  expect(rule?.Properties).toMatchObject({
    State: 'ENABLED',
    Targets: [
      {
        Arn: BUS,
        RoleArn: `arn:aws:iam::${TENANT}:role/GatehouseEvents`,
        RetryPolicy: { MaximumEventAgeInSeconds: 300 },
      },
    ],
  });
});

test('the role of the rule is taken by that rule of that account, and puts events on that bus alone', async () => {
  const iam = anOrganization(configuration);
  const resource = `arn:aws:iam::${TENANT}:role/GatehouseEvents`;
  const takes = async (account: string, rule: string) => {
    const sourceArn = `arn:aws:events:${REGION}:${account}:rule/${rule}`;
    const as = { service: 'events.amazonaws.com', sourceArn, sourceAccount: account };
    return (await iam.authorize({ as, action: 'sts:AssumeRole', resource })).allowed;
  };
  expect(await takes(TENANT, 'gatehouse-stack-events')).toBe(true);
  expect(await takes(TENANT, 'another')).toBe(false);
  expect(await takes(OTHER_TENANT, 'gatehouse-stack-events')).toBe(false);

  const role = iam.role(TENANT, 'GatehouseEvents');
  expect(role?.policies).toEqual({
    forward: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'ToTheHub', Effect: 'Allow', Action: 'events:PutEvents', Resource: BUS }],
    },
  });
});
