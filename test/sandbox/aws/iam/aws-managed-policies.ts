import type { PolicyDocument } from './role';

const allow = (...actions: string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

const END_USER = {
  onStacks: [
    ...['CreateStack', 'DeleteStack', 'UpdateStack', 'SetStackPolicy', 'ValidateTemplate'],
    ...['DescribeStacks', 'DescribeStackEvents', 'ListStackResources'],
    ...['CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet', 'ListChangeSets', 'DeleteChangeSet'],
    ...['TagResource', 'UntagResource'],
    ...['CreateStackSet', 'UpdateStackSet', 'DeleteStackSet', 'DescribeStackSet'],
    ...['CreateStackInstances', 'UpdateStackInstances', 'DeleteStackInstances'],
    ...['DescribeStackInstance', 'ListStackInstances'],
    ...['DescribeStackSetOperation', 'ListStackSetOperations', 'ListStackSetOperationResults'],
  ].map((action) => `cloudformation:${action}`),
  onAnything: [
    ...['DescribeProduct', 'DescribeProductView', 'DescribeProvisioningParameters'],
    ...['ListLaunchPaths', 'ProvisionProduct', 'SearchProducts'],
  ].map((action) => `servicecatalog:${action}`),
  onTheirOwn: [
    ...['DescribeProvisionedProduct', 'DescribeRecord', 'ListRecordHistory'],
    ...['ScanProvisionedProducts', 'SearchProvisionedProducts', 'ListStackInstancesForProvisionedProduct'],
    ...['TerminateProvisionedProduct', 'UpdateProvisionedProduct'],
    ...['CreateProvisionedProductPlan', 'DescribeProvisionedProductPlan', 'ExecuteProvisionedProductPlan'],
    ...['DeleteProvisionedProductPlan', 'ListProvisionedProductPlans'],
    ...['ListServiceActionsForProvisioningArtifact', 'ExecuteProvisionedProductServiceAction'],
    'DescribeServiceActionExecutionParameters',
  ].map((action) => `servicecatalog:${action}`),
};

/**
 * What AWS's own policies say: those that Lambda's documentation gives to an execution role, and those that people have
 * who work in the console.
 */
export const AWS_MANAGED_POLICIES: Readonly<Record<string, PolicyDocument>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': allow(...LOGS),
  'arn:aws:iam::aws:policy/AdministratorAccess': allow('*'),
  'arn:aws:iam::aws:policy/AWSServiceCatalogEndUserFullAccess': {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: END_USER.onStacks,
        Resource: [
          'arn:aws:cloudformation:*:*:stack/SC-*',
          'arn:aws:cloudformation:*:*:stack/StackSet-SC-*',
          'arn:aws:cloudformation:*:*:changeSet/SC-*',
          'arn:aws:cloudformation:*:*:stackset/SC-*',
        ],
      },
      {
        Effect: 'Allow',
        Action: [
          'cloudformation:GetTemplateSummary',
          ...END_USER.onAnything,
          'ssm:DescribeDocument',
          'ssm:GetAutomationExecution',
          'config:DescribeConfigurationRecorders',
          'config:DescribeConfigurationRecorderStatus',
        ],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: END_USER.onTheirOwn,
        Resource: '*',
        Condition: { StringEquals: { 'servicecatalog:userLevel': 'self' } },
      },
    ],
  },
  'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess': allow(
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ),
};
