import { z } from 'zod';
import { catalogue } from '../../../../products/catalogue';
import { synthesizeCurrent } from '../../../../scripts/kept-versions';
import {
  aCall,
  aCloudFormation,
  aTemplateOfBuckets,
  eventsOf,
  refusalOf,
  aStackRequest,
} from './a-cloudformation';

const TEMPLATE = aTemplateOfBuckets(
  { Bucket: { Properties: { BucketName: { Ref: 'Name' } } } },
  {
    Description: 'One bucket',
    Parameters: { Name: { Type: 'String' }, Password: { Type: 'String', NoEcho: true, Default: 'x' } },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Description: 'Its ARN' } },
  },
);
const CREATE = {
  StackName: 'one-bucket',
  TemplateBody: JSON.stringify(TEMPLATE),
  Parameters: [
    { ParameterKey: 'Name', ParameterValue: 'ledger-2026' },
    { ParameterKey: 'Password', ParameterValue: 'hunter2' },
  ],
  Tags: [{ Key: 'gatehouse:request', Value: 'ITSM-1' }],
  ClientRequestToken: 'launch-1',
};
const Created = z.object({ StackId: z.string() });

test('a stack is created over the wire, and described without its secrets', async () => {
  const bench = aCloudFormation();
  const { StackId: id } = Created.parse(await bench.call('CreateStack', CREATE));
  expect(id).toMatch(/^arn:aws:cloudformation:eu-west-1:100000000003:stack\/one-bucket\/[0-9a-f-]{36}$/);
  await bench.ended(id);
  const answer = await bench.call('DescribeStacks', { StackName: 'one-bucket' });
  expect(answer).toMatchObject({
    Stacks: [
      {
        StackId: id,
        StackName: 'one-bucket',
        Description: 'One bucket',
        StackStatus: 'CREATE_COMPLETE',
        CreationTime: new Date('2026-01-15T09:00:00Z'),
        Parameters: [
          { ParameterKey: 'Name', ParameterValue: 'ledger-2026' },
          { ParameterKey: 'Password', ParameterValue: '****' },
        ],
        Outputs: [{ OutputKey: 'Arn', OutputValue: 'arn:aws:s3:::ledger-2026', Description: 'Its ARN' }],
        Tags: CREATE.Tags,
      },
    ],
  });
  expect(JSON.stringify([answer, bench.emitted, bench.journal.entries])).not.toContain('hunter2');
  expect(bench.emitted[0]?.detail['client-request-token']).toBe('launch-1');
  expect(await bench.call('DescribeStackResources', { StackName: id })).toMatchObject({
    StackResources: [
      { LogicalResourceId: 'Bucket', PhysicalResourceId: 'ledger-2026', ResourceStatus: 'CREATE_COMPLETE' },
    ],
  });
});

test('a stack is seen in its own account and region only', async () => {
  const bench = aCloudFormation();
  const { StackId: id } = Created.parse(await bench.call('CreateStack', CREATE));
  for (const stranger of [aCall('', {}, '100000000004'), { ...aCall('', {}), region: 'eu-central-1' }]) {
    const { region, principal } = stranger;
    expect(await bench.call('DescribeStacks', {}, { region, principal })).toMatchObject({ Stacks: [] });
    await expect(bench.call('DescribeStacks', { StackName: id }, { region, principal })).rejects.toThrow(
      `Stack with id ${id} does not exist`,
    );
    await expect(bench.call('DescribeStackEvents', { StackName: id }, { region, principal })).rejects.toThrow(
      `Stack [${id}] does not exist`,
    );
    await bench.call('DeleteStack', { StackName: id }, { region, principal });
  }
  expect((await bench.ended(id)).status).toBe('CREATE_COMPLETE');
});

test('a name is taken until its stack is deleted; then only the id finds it', async () => {
  const bench = aCloudFormation();
  const { StackId: id } = Created.parse(await bench.call('CreateStack', CREATE));
  await expect(bench.call('CreateStack', CREATE)).rejects.toMatchObject({
    code: 'AlreadyExistsException',
    message: 'Stack [one-bucket] already exists',
  });
  await bench.ended(id);
  await bench.call('DeleteStack', { StackName: 'one-bucket' });
  await bench.ended(id);
  await expect(bench.call('DescribeStacks', { StackName: 'one-bucket' })).rejects.toThrow('does not exist');
  expect(await bench.call('DescribeStacks', { StackName: id })).toMatchObject({
    Stacks: [{ StackStatus: 'DELETE_COMPLETE' }],
  });
  const { StackId: next } = Created.parse(await bench.call('CreateStack', CREATE));
  expect(next).not.toBe(id);
});

test('events come newest first, a hundred a page, whatever happens meanwhile', async () => {
  const bench = aCloudFormation();
  const names = Array.from({ length: 40 }, (_, index) => `Bucket${index}`);
  const template = aTemplateOfBuckets(Object.fromEntries(names.map((name) => [name, {}])));
  const { id } = await bench.launch({ template });
  const first = await eventsOf(bench, id);
  bench.stacks.delete(id);
  await bench.ended(id);
  const second = await eventsOf(bench, id, first.NextToken);
  const ids = [...first.StackEvents, ...second.StackEvents].map(({ EventId: event }) => event);
  expect([first.StackEvents.length, second.StackEvents.length, second.NextToken]).toEqual([
    100,
    22,
    undefined,
  ]);
  expect(new Set(ids).size).toBe(122);
  expect(first.StackEvents[0]).toMatchObject({
    LogicalResourceId: 'SC-100000000003-pp-a',
    ResourceStatus: 'CREATE_COMPLETE',
  });
  expect(second.StackEvents.at(-1)).toMatchObject({
    ResourceStatusReason: 'User Initiated',
    PhysicalResourceId: id,
  });
  await expect(eventsOf(bench, id, 'garbage')).rejects.toThrow('NextToken is not valid');
});

test('a template is summarized by URL, by its text, and by its stack', async () => {
  const bench = aCloudFormation();
  const url = 'https://templates.s3.eu-west-1.amazonaws.com/instance.json';
  const template =
    synthesizeCurrent(catalogue).find(({ product }) => product.key === 'instance')?.template ?? {};
  bench.templates.put(url, template);
  const byUrl = await bench.call('GetTemplateSummary', { TemplateURL: url });
  expect(byUrl).toMatchObject({
    Description: 'One EC2 instance with the latest Amazon Linux, reached through Session Manager',
    Capabilities: ['CAPABILITY_IAM'],
    CapabilitiesReason:
      'The following resource(s) require capabilities: [AWS::IAM::Role, AWS::IAM::InstanceProfile]',
    ResourceTypes: [
      'AWS::IAM::Role',
      'AWS::IAM::InstanceProfile',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::Instance',
    ],
    Metadata: expect.stringContaining('"AWS::CloudFormation::Interface"') as string,
  });
  expect(byUrl).toHaveProperty('Parameters.0', {
    ParameterKey: 'InstanceType',
    ParameterType: 'String',
    DefaultValue: 't3.micro',
    NoEcho: false,
    Description: 'How much processor and memory the instance has.',
    ParameterConstraints: {
      AllowedValues: ['t3.micro', 't3.small', 't3.medium', 't3.large', 'm6i.large', 'm6i.xlarge'],
    },
  });
  expect(await bench.call('GetTemplateSummary', { TemplateBody: JSON.stringify(template) })).toEqual(byUrl);
  await bench.call('CreateStack', CREATE);
  expect(await bench.call('GetTemplateSummary', { StackName: 'one-bucket' })).toMatchObject({
    ResourceTypes: ['AWS::S3::Bucket'],
    Capabilities: [],
  });
  await expect(bench.call('GetTemplateSummary', { TemplateURL: 'https://nothing' })).rejects.toMatchObject({
    code: 'ValidationError',
  });
});

test('IAM resources need their capability, and their names a stronger one', () => {
  const role = (properties: object) => ({
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, ...properties } },
    },
  });
  const create = (template: object, capabilities: string[]) => () =>
    aCloudFormation().stacks.create(aStackRequest({ template: { ...template }, capabilities }));
  expect(refusalOf(create(role({}), []))).toEqual({
    code: 'InsufficientCapabilitiesException',
    message: 'Requires capabilities : [CAPABILITY_IAM]',
  });
  expect(refusalOf(create(role({ RoleName: 'r' }), ['CAPABILITY_IAM'])).message).toBe(
    'Requires capabilities : [CAPABILITY_NAMED_IAM]',
  );
  expect(create(role({ RoleName: 'r' }), ['CAPABILITY_NAMED_IAM'])()).toContain(':stack/');
  expect(create(role({}), ['CAPABILITY_NAMED_IAM'])()).toContain(':stack/');
});

test('what the stand-in does not have is not modelled, and says so', async () => {
  const { call } = aCloudFormation();
  await expect(call('CreateChangeSet', {})).rejects.toThrow(
    "does not model CloudFormation's CreateChangeSet",
  );
  await expect(call('CreateStack', { ...CREATE, TimeoutInMinutes: 5 })).rejects.toThrow(
    'does not model CreateStack with TimeoutInMinutes',
  );
  await expect(call('CreateStack', { ...CREATE, OnFailure: 'DELETE' })).rejects.toThrow(
    'does not model CreateStack with this OnFailure',
  );
  await expect(call('CreateStack', { ...CREATE, TemplateBody: 'Resources: {}' })).rejects.toThrow(
    'does not model templates in YAML',
  );
});

test('a malformed request is refused', async () => {
  const { call } = aCloudFormation();
  const refused = async (overrides: object) => {
    await expect(call('CreateStack', { ...CREATE, ...overrides })).rejects.toMatchObject({
      code: 'ValidationError',
    });
  };
  await refused({ StackName: '1-bucket' });
  await refused({ TemplateBody: '{' });
  await refused({ TemplateBody: '{}' });
  await refused({ TemplateBody: undefined });
  await refused({ TemplateURL: 'https://x' });
  await refused({ Parameters: [] });
});
