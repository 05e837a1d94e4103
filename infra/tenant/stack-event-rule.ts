import { Fn, aws_events as events, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration';
import { EVENT_ROLE, eventBusArn } from '../names';
import { regionalArns, STACK_EVENTS_RULE } from './names';

/** Seconds after which an event is of no use: whoever waits for it has looked by itself by then. */
const LATEST = 300;
/** EventBridge's own most; the age ends it earlier. */
const ATTEMPTS = 185;

/** Lets the rule, and nothing else, put events on the hub's bus. */
export const createEventRole = (scope: Construct, configuration: Configuration): iam.CfnRole =>
  new iam.CfnRole(scope, 'EventRole', {
    roleName: EVENT_ROLE,
    description: 'EventBridge forwards stack events to Gatehouse with it',
    assumeRolePolicyDocument: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          sid: 'TheRuleForwards',
          principals: [new iam.ServicePrincipal('events.amazonaws.com')],
          actions: ['sts:AssumeRole'],
          conditions: {
            StringEquals: { 'aws:SourceAccount': Fn.ref('AWS::AccountId') },
            ArnEquals: {
              'aws:SourceArn': regionalArns('events', configuration.regions, `rule/${STACK_EVENTS_RULE}`),
            },
          },
        }),
      ],
    }),
    policies: [
      {
        policyName: 'forward',
        policyDocument: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'ToTheHub',
              actions: ['events:PutEvents'],
              resources: [eventBusArn(configuration)],
            }),
          ],
        }),
      },
    ],
  });

/**
 * Forwards what happens to stacks of products, in the statuses that whoever waits is woken for. An event that cannot be
 * delivered is dropped: it carries no facts and only makes an answer come sooner, so nobody would read a dead letter.
 */
export const createStackEventRule = (
  scope: Construct,
  configuration: Configuration,
  roleArn: string,
): events.CfnRule =>
  new events.CfnRule(scope, 'StackEvents', {
    name: STACK_EVENTS_RULE,
    description: 'Tells Gatehouse that a stack of a Service Catalog product has changed',
    state: 'ENABLED',
    eventPattern: {
      source: ['aws.cloudformation'],
      'detail-type': ['CloudFormation Stack Status Change'],
      detail: {
        'stack-id': [{ prefix: Fn.sub('arn:aws:cloudformation:${AWS::Region}:${AWS::AccountId}:stack/SC-') }],
        'status-details': {
          status: ['ROLLBACK_IN_PROGRESS', { suffix: '_COMPLETE' }, { suffix: '_FAILED' }],
        },
      },
    },
    targets: [
      {
        id: 'hub',
        arn: eventBusArn(configuration),
        roleArn,
        retryPolicy: { maximumEventAgeInSeconds: LATEST, maximumRetryAttempts: ATTEMPTS },
      },
    ],
  });
