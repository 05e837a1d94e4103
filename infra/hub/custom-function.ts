import {
  type CfnElement,
  type Duration,
  RemovalPolicy,
  Stack,
  Validations,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  type custom_resources as custom,
} from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { bundledCode } from '../bundled-code';

interface CustomFunctionProps {
  /** The folder beside this one in which they are. */
  readonly handlers: 'share' | 'guidance';
  /** The export of the folder's `main.ts`. */
  readonly handler: 'onEvent' | 'isComplete';
  readonly description: string;
  readonly timeout: Duration;
  /** All that it may do, beyond writing its log. */
  readonly rights: readonly iam.PolicyStatement[];
  readonly logGroup: logs.ILogGroup;
}

/** A function behind a custom resource, with a role of its own. */
export class CustomFunction extends Construct {
  readonly function: lambda.Function;
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: CustomFunctionProps) {
    super(scope, id);
    this.role = functionRole(this, 'Role', props.logGroup);
    for (const right of props.rights) this.role.addToPolicy(right);
    this.function = new lambda.Function(this, 'Function', {
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: bundledCode(`infra/hub/${props.handlers}`),
      handler: `index.${props.handler}`,
      role: this.role,
      memorySize: 256,
      timeout: props.timeout,
      logGroup: props.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
    });
  }
}

/** The role of a function that may write to this log group and nothing else yet. */
export const functionRole = (scope: Construct, id: string, logGroup: logs.ILogGroup): iam.Role => {
  const role = new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  return role;
};

/**
 * One log group for all functions behind a custom resource. They tell of nodes, accounts and versions, nothing that
 * would be worth a key of its own in each region; CloudWatch encrypts them with AWS's.
 */
export const customLog = (scope: Construct): logs.LogGroup =>
  new logs.LogGroup(scope, 'Log', {
    retention: logs.RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });

/** CDK lets the provider framework invoke every version of our functions, of which there is one. */
export const acknowledgeInvocation = (role: IConstruct, functions: readonly IConstruct[]): void => {
  for (const { node } of functions) {
    const logicalId = Stack.of(role).getLogicalId(node.defaultChild as CfnElement);
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>:*]`,
      reason:
        'Versions and aliases of one function of this stack, which has neither; CDK grants it in this form.',
    });
  }
};

/** What CDK's provider framework builds around the function that is asked until it says that all is done. */
export const acknowledgeWaiter = ({ node }: custom.Provider): void => {
  const waiter = node.findChild('waiter-state-machine');
  acknowledgeInvocation(waiter, [
    node.findChild('framework-isComplete'),
    node.findChild('framework-onTimeout'),
  ]);
  Validations.of(waiter).acknowledge(
    {
      id: 'AwsSolutions-SF1',
      reason: 'Its input carries the pre-signed URL of a stack event, which has no place in a log.',
    },
    {
      id: 'AwsSolutions-SF2',
      reason:
        'It repeats one question for minutes during a deployment; its history tells all that a trace would.',
    },
  );
};
