import {
  RemovalPolicy,
  Stack,
  Validations,
  aws_iam as iam,
  aws_logs as logs,
  custom_resources as custom,
  type StackProps,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration';
import { organizationCalls, type OrganizationCall } from './organization-calls';

interface OrganizationStackProps extends StackProps {
  readonly configuration: Configuration;
}

const LOG_GROUP = '/gatehouse/organization';

/**
 * What only the management account can do for the hub account: trusted access for Service Catalog and StackSets, and
 * the hub as delegated administrator of both. Deleting the stack leaves all of it as it is (docs/decisions/0011).
 */
export class OrganizationStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, ...props }: OrganizationStackProps) {
    super(scope, id, {
      description: 'Gatehouse: trusted access and delegated administration for the hub account',
      ...props,
    });
    const calls = organizationCalls(configuration);
    const logGroup = new logs.LogGroup(this, 'Log', {
      logGroupName: LOG_GROUP,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, 'Role', {
      description: 'Lets the hub account administer Service Catalog and StackSets for the organization',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Calls: new iam.PolicyDocument({ statements: calls.flatMap(({ rights }) => rights).map(statement) }),
        Log: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [logGroup.logGroupArn],
            }),
          ],
        }),
      },
    });
    calls
      .map((call) => this.resourceFor(call, role, logGroup))
      .reduce((before, next) => {
        // Organizations takes one change at a time, and a delegated administrator only after trusted access.
        next.node.addDependency(before);
        return next;
      });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Actions on the organization as a whole have no resource in IAM; a condition names the service where AWS has one.',
    });
  }

  private resourceFor(
    { id, service, action, region, parameters, settled, physicalId }: OrganizationCall,
    role: iam.Role,
    logGroup: logs.LogGroup,
  ): custom.AwsCustomResource {
    return new custom.AwsCustomResource(this, id, {
      resourceType: `Custom::${id}`,
      // On creation, too. Nothing happens on deletion.
      onUpdate: {
        service,
        action,
        region,
        parameters,
        ignoreErrorCodesMatching: `^(${settled.join('|')})$`,
        physicalResourceId: custom.PhysicalResourceId.of(physicalId),
      },
      role,
      logGroup,
      installLatestAwsSdk: false,
    });
  }
}

const statement = (right: iam.PolicyStatementProps): iam.PolicyStatement => new iam.PolicyStatement(right);
