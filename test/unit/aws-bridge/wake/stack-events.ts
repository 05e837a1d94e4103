export const STACK_NAME = 'SC-100000000003-pp-abcdefghijkl2';
export const stackId = ({ account = '100000000003', region = 'eu-west-1', name = STACK_NAME } = {}) =>
  `arn:aws:cloudformation:${region}:${account}:stack/${name}/0a1b2c3d-1111-2222-3333-444455556666`;

/** An event as EventBridge delivers it, forwarded from a tenant's account. */
export const aStackEvent = ({
  status = 'CREATE_COMPLETE',
  stack = stackId(),
  account = '100000000003',
  region = 'eu-west-1',
} = {}) => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'CloudFormation Stack Status Change' as const,
  source: 'aws.cloudformation' as const,
  account,
  time: '2026-03-02T10:00:00Z',
  region,
  resources: [stack],
  detail: {
    'stack-id': stack,
    'status-details': { status, 'status-reason': '' },
    'client-request-token': '',
  },
});
