import { bridgeTemplate, theResource } from './a-bridge';

const template = bridgeTemplate();
const operation = theResource(template, 'AWS::Lambda::Function', { FunctionName: 'gatehouse-operation' });

test('an operation may take a month, and is remembered for two weeks after its end', () => {
  expect(operation.Properties['DurableConfig']).toMatchObject({
    ExecutionTimeout: 31 * 24 * 3600,
    RetentionPeriodInDays: 14,
  });
});

test('the state of executions is stored under the key of the project', () => {
  const key = theResource(template, 'AWS::KMS::Key', { EnableKeyRotation: true });
  expect(operation.Properties['DurableConfig']).toMatchObject({
    KMSKeyArn: { 'Fn::GetAtt': [key.id, 'Arn'] },
  });
});

test('no deployment deletes a version that executions may run on', () => {
  const version = theResource(template, 'AWS::Lambda::Version');
  expect(version).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(theResource(template, 'AWS::Lambda::Alias').Properties).toEqual({
    FunctionName: { Ref: operation.id },
    FunctionVersion: { 'Fn::GetAtt': [version.id, 'Version'] },
    Name: 'live',
  });
});

test('what cannot be started is tried for six hours, and what failed is laid down', () => {
  const alias = theResource(template, 'AWS::Lambda::Alias');
  const config = theResource(template, 'AWS::Lambda::EventInvokeConfig', {
    MaximumEventAgeInSeconds: 21_600,
  });
  expect(config.Properties).toMatchObject({ FunctionName: { Ref: operation.id }, MaximumRetryAttempts: 2 });
  expect(JSON.stringify(config.Properties['Qualifier'])).toContain(alias.id);
  const failed = theResource(template, 'AWS::SQS::Queue', { QueueName: 'gatehouse-failed-operations' });
  expect(operation.Properties['DeadLetterConfig']).toEqual({
    TargetArn: { 'Fn::GetAtt': [failed.id, 'Arn'] },
  });
});

// Lambda delivers no destinations for durable functions; one that is configured would stay empty unnoticed.
test('the operation function has no on-failure destination', () => {
  const config = theResource(template, 'AWS::Lambda::EventInvokeConfig', {
    FunctionName: { Ref: operation.id },
  });
  expect(config.Properties).not.toHaveProperty('DestinationConfig');
});
