import {
  ACCOUNT,
  aCloudFormation,
  aStackRequest,
  aTemplateOfBuckets,
  eventsOf,
  historyOf,
  refusalOf,
  REGION,
} from './a-cloudformation';

const naming = (name: unknown) => ({ Properties: { BucketName: name } });

test('resources are created after what they refer to, and together where they do not', async () => {
  const bench = aCloudFormation();
  const template = aTemplateOfBuckets({
    Third: { DependsOn: 'Second' },
    Second: naming({ 'Fn::Sub': '${First}-2' }),
    First: naming('first'),
    Apart: {},
  });
  const { id } = await bench.launch({ template });
  expect((await historyOf(bench, id)).filter((line) => !line.startsWith('SC-'))).toEqual([
    'First CREATE_IN_PROGRESS',
    'Apart CREATE_IN_PROGRESS',
    'First CREATE_IN_PROGRESS',
    'Apart CREATE_IN_PROGRESS',
    'First CREATE_COMPLETE',
    'Second CREATE_IN_PROGRESS',
    'Apart CREATE_COMPLETE',
    'Second CREATE_IN_PROGRESS',
    'Second CREATE_COMPLETE',
    'Third CREATE_IN_PROGRESS',
    'Third CREATE_IN_PROGRESS',
    'Third CREATE_COMPLETE',
  ]);
});

test('resources that wait for each other are refused', () => {
  const template = aTemplateOfBuckets({
    A: { DependsOn: 'B' },
    B: naming({ Ref: 'C' }),
    C: { DependsOn: ['A'] },
  });
  expect(refusalOf(() => aCloudFormation().stacks.create(aStackRequest({ template })))).toEqual({
    code: 'ValidationError',
    message: 'Circular dependency between resources: [A, B, C]',
  });
});

test('a reference to nothing is refused, also from an output', () => {
  const create = (template: object) => () =>
    aCloudFormation().stacks.create(aStackRequest({ template: { ...template } }));
  expect(refusalOf(create(aTemplateOfBuckets({ A: naming({ Ref: 'Nobody' }) }))).message).toBe(
    'Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template',
  );
  const outputs = { Outputs: { O: { Value: { 'Fn::GetAtt': ['Nobody', 'Arn'] } } } };
  expect(refusalOf(create(aTemplateOfBuckets({ A: {} }, outputs))).message).toBe(
    'Template format error: Unresolved resource dependencies [Nobody] in the Outputs block of the template',
  );
});

test('to depend on a resource whose condition does not hold is refused', async () => {
  const template = aTemplateOfBuckets(
    { Optional: { Condition: 'Wanted' }, Bucket: { DependsOn: 'Optional' } },
    {
      Parameters: { Answer: { Type: 'String' } },
      Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Answer' }, 'yes'] } },
    },
  );
  const request = (Answer: string) => aStackRequest({ template, parameters: { Answer } });
  expect(refusalOf(() => aCloudFormation().stacks.create(request('no')))).toEqual({
    code: 'ValidationError',
    message:
      'Template format error: Unresolved resource dependencies [Optional] in the Resources block of the template',
  });
  expect(await aCloudFormation().launch(request('yes'))).toMatchObject({ status: 'CREATE_COMPLETE' });
});

test('a resource that fails cancels the others, and all are deleted in reverse order', async () => {
  const bench = aCloudFormation();
  bench.takeBucketName('taken');
  const template = aTemplateOfBuckets({
    Base: {},
    Middle: { DependsOn: 'Base' },
    Doomed: { ...naming('taken'), DependsOn: 'Middle' },
    Beside: { DependsOn: 'Middle' },
    Never: { DependsOn: 'Doomed' },
  });
  const stack = await bench.launch({ template });
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(stack.outputs).toStrictEqual([]);
  const { StackEvents: events } = await eventsOf(bench, stack.id);
  const from = events.toReversed().findIndex(({ ResourceStatus: status }) => status === 'CREATE_FAILED');
  expect(
    events
      .toReversed()
      .slice(from)
      .map((event) => [event.LogicalResourceId, event.ResourceStatus, event.ResourceStatusReason]),
  ).toEqual([
    ['Doomed', 'CREATE_FAILED', 'taken already exists'],
    ['Beside', 'CREATE_FAILED', 'Resource creation cancelled'],
    [
      stack.name,
      'ROLLBACK_IN_PROGRESS',
      'The following resource(s) failed to create: [Doomed, Beside]. Rollback requested by user.',
    ],
    ['Doomed', 'DELETE_COMPLETE', undefined],
    ['Beside', 'DELETE_COMPLETE', undefined],
    ['Middle', 'DELETE_IN_PROGRESS', undefined],
    ['Middle', 'DELETE_COMPLETE', undefined],
    ['Base', 'DELETE_IN_PROGRESS', undefined],
    ['Base', 'DELETE_COMPLETE', undefined],
    [stack.name, 'ROLLBACK_COMPLETE', undefined],
  ]);
});

test('a fault that was asked for strikes one resource of the type, in that account', async () => {
  const bench = aCloudFormation();
  const reason = 'You have attempted to create more buckets than allowed';
  bench.failNext({ account: ACCOUNT, resourceType: 'AWS::S3::Bucket', reason });
  const template = aTemplateOfBuckets({ Bucket: {} });
  const elsewhere = await bench.launch({ template, account: '100000000004' });
  const struck = await bench.launch({ template });
  const after = await bench.launch({ template, stackName: 'again' });
  expect([elsewhere, struck, after].map(({ status }) => status)).toEqual([
    'CREATE_COMPLETE',
    'ROLLBACK_COMPLETE',
    'CREATE_COMPLETE',
  ]);
  expect(JSON.stringify(await eventsOf(bench, struck.id))).toContain(reason);
});

test('a deleted stack gives its names back, and keeps what it shall retain', async () => {
  const bench = aCloudFormation();
  const template = aTemplateOfBuckets({
    Goes: naming('goes'),
    Stays: { ...naming('stays'), DeletionPolicy: 'Retain' },
    StaysToo: { ...naming('stays-too'), DeletionPolicy: 'RetainExceptOnCreate' },
  });
  const { id } = await bench.launch({ template });
  bench.stacks.delete(id);
  expect((await bench.ended(id)).status).toBe('DELETE_COMPLETE');
  expect((await historyOf(bench, id)).filter((line) => line.includes('DELETE_S'))).toEqual([
    'Stays DELETE_SKIPPED',
    'StaysToo DELETE_SKIPPED',
  ]);
  expect((await bench.launch({ template: aTemplateOfBuckets({ A: naming('goes') }) })).status).toBe(
    'CREATE_COMPLETE',
  );
  const again = await bench.launch({
    template: aTemplateOfBuckets({ A: naming('stays') }),
    stackName: 'again',
  });
  expect(again.status).toBe('ROLLBACK_COMPLETE');
});

test('RetainExceptOnCreate leaves nothing of a launch that failed; Retain does', async () => {
  const bench = aCloudFormation();
  bench.takeBucketName('taken');
  const template = aTemplateOfBuckets({
    Kept: { ...naming('kept'), DeletionPolicy: 'Retain' },
    Gone: { ...naming('gone'), DeletionPolicy: 'RetainExceptOnCreate' },
    Doomed: { ...naming('taken'), DependsOn: ['Kept', 'Gone'] },
  });
  const { id } = await bench.launch({ template });
  const history = await historyOf(bench, id);
  expect(history).toContain('Kept DELETE_SKIPPED');
  expect(history).toContain('Gone DELETE_COMPLETE');
});

test('a stack that is deleted while it is created takes back what it has', async () => {
  const bench = aCloudFormation();
  const id = bench.stacks.create(aStackRequest({ template: aTemplateOfBuckets({ Bucket: naming('half') }) }));
  await bench.clock.advance(5_000);
  bench.stacks.delete(id);
  expect((await bench.ended(id)).status).toBe('DELETE_COMPLETE');
  expect((await bench.launch({ template: aTemplateOfBuckets({ B: naming('half') }) })).status).toBe(
    'CREATE_COMPLETE',
  );
});

test('each change of a stack’s status goes to the bus, to listeners and to the journal', async () => {
  const bench = aCloudFormation();
  const heard: string[] = [];
  bench.stacks.onStatus(({ id, status }) => heard.push(`${id} ${status}`));
  const { id } = await bench.launch({ template: aTemplateOfBuckets({ Bucket: {} }) });
  expect(heard).toEqual([`${id} CREATE_IN_PROGRESS`, `${id} CREATE_COMPLETE`]);
  expect(bench.journal.of('stack').map(({ operation }) => operation)).toEqual([
    'CREATE_IN_PROGRESS',
    'CREATE_COMPLETE',
  ]);
  expect(bench.emitted.at(-1)).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    source: 'aws.cloudformation',
    'detail-type': 'CloudFormation Stack Status Change',
    account: ACCOUNT,
    region: REGION,
    time: '2026-01-15T09:00:22Z',
    resources: [id],
    detail: {
      'stack-id': id,
      'status-details': { status: 'CREATE_COMPLETE', 'status-reason': '' },
      'client-request-token': '',
    },
  });
});

test('two runs give the same ids', async () => {
  const run = async () => {
    const bench = aCloudFormation();
    const stack = await bench.launch({ template: aTemplateOfBuckets({ Bucket: {} }) });
    return { stack, events: await eventsOf(bench, stack.id), emitted: bench.emitted };
  };
  expect(await run()).toEqual(await run());
});

test.each<[string, object]>([
  ['resources of type AWS::Lambda::Function', { Type: 'AWS::Lambda::Function' }],
  ['AWS::S3::Bucket with WebsiteConfiguration', { Properties: { WebsiteConfiguration: {} } }],
  ['DeletionPolicy Snapshot', { DeletionPolicy: 'Snapshot' }],
  ['CreationPolicy in a CloudFormation template', { CreationPolicy: {} }],
])('%s is not modelled, and says so', (what, declaration) => {
  const template = aTemplateOfBuckets({ Bucket: declaration });
  expect(() => aCloudFormation().stacks.create(aStackRequest({ template }))).toThrow(
    `The sandbox does not model ${what}`,
  );
});
