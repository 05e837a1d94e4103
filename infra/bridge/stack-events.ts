import {
  CfnResource,
  Duration,
  aws_events as events,
  aws_events_targets as targets,
  aws_iam as iam,
} from 'aws-cdk-lib';
import type { aws_kms as kms, aws_lambda as lambda, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration';
import { EVENT_BUS, EVENT_ROLE } from '../names';
import { UNDELIVERED_EVENTS } from './data-key';
import { acknowledgeLastQueue, createDeadLetters } from './dead-letters';

const SOURCE = 'aws.cloudformation';
const DETAIL_TYPE = 'CloudFormation Stack Status Change';
const STATEMENT = 'StackEventsOfTheOrganization';

/**
 * How stack events of the tenants reach the wake function: a bus that takes such events from every account of the
 * organization, and nothing else, and a rule that passes on those of Service Catalog's stacks that something ended in.
 *
 * Whose stack an event is about is for the function to judge: EventBridge sets an event's account, but a pattern
 * cannot compare it with the stack's ARN.
 */
export class StackEvents extends Construct {
  readonly bus: events.EventBus;
  readonly rule: events.Rule;
  /** Events for which the wake function could not be invoked. */
  readonly undelivered: sqs.Queue;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly configuration: Configuration; readonly key: kms.IKey; readonly wake: lambda.IFunction },
  ) {
    super(scope, id);
    this.bus = new events.EventBus(this, 'Bus', {
      eventBusName: EVENT_BUS,
      description: 'Gatehouse: stack events of the tenant accounts',
    });
    // The typed construct warns at every synthesis of a property that it does not need to have.
    new CfnResource(this, 'Organization', {
      type: 'AWS::Events::EventBusPolicy',
      properties: {
        EventBusName: this.bus.eventBusName,
        StatementId: STATEMENT,
        Statement: admission(props.configuration, this.bus.eventBusArn).toStatementJson() as unknown,
      },
    });
    this.undelivered = createDeadLetters(this, 'Undelivered', { name: UNDELIVERED_EVENTS, key: props.key });
    acknowledgeLastQueue(this.undelivered);
    this.rule = new events.Rule(this, 'Ended', {
      ruleName: 'gatehouse-stack-ended',
      description: 'Wakes the operation that waits for a stack of Service Catalog',
      eventBus: this.bus,
      eventPattern: {
        source: [SOURCE],
        detailType: [DETAIL_TYPE],
        detail: {
          'stack-id': events.Match.wildcard('arn:aws:cloudformation:*:stack/SC-*'),
          'status-details': {
            // As aws-bridge/wake/stack-event.ts has them.
            status: events.Match.anyOf(
              events.Match.exactString('ROLLBACK_IN_PROGRESS'),
              events.Match.suffix('_COMPLETE'),
              events.Match.suffix('_FAILED'),
            ),
          },
        },
      },
      targets: [
        new targets.LambdaFunction(props.wake, {
          deadLetterQueue: this.undelivered,
          // After that the operation has looked for itself.
          maxEventAge: Duration.hours(1),
          retryAttempts: 20,
        }),
      ],
    });
  }
}

const admission = ({ organization }: Configuration, bus: string): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid: STATEMENT,
    principals: [new iam.AnyPrincipal()],
    actions: ['events:PutEvents'],
    resources: [bus],
    conditions: {
      StringEquals: { 'aws:PrincipalOrgID': organization.id },
      ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/${EVENT_ROLE}` },
      'ForAllValues:StringEquals': { 'events:source': [SOURCE], 'events:detail-type': [DETAIL_TYPE] },
    },
  });
