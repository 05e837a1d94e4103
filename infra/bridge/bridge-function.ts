import {
  type Duration,
  RemovalPolicy,
  Validations,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  type aws_kms as kms,
  type aws_sqs as sqs,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FUNCTION } from '../names';
import { bundledCode } from '../bundled-code';
import { functionArn, logGroupArn } from './place';

interface BridgeFunctionProps {
  /** Named as its folder in `aws-bridge`. */
  readonly part: keyof typeof FUNCTION;
  /** The function's where left out. */
  readonly roleName?: string;
  readonly description: string;
  readonly key: kms.IKey;
  /** Megabytes; the share of a processor follows from it. */
  readonly memory: number;
  /** Of one invocation. */
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /** What the code of this function calls; logging and its own environment are added. */
  readonly rights: readonly iam.PolicyStatement[];
  readonly durable?: lambda.DurableConfig;
  readonly deadLetters?: sqs.IQueue;
}

/**
 * A function of the bridge with a role and a log group of its own. Function and role are called by their fixed names
 * elsewhere: in the tenants' trust policies, for one.
 *
 * No concurrency is reserved: a new account has ten invocations at a time and lets nobody reserve any of them. What
 * comes in is throttled at the API.
 */
export class BridgeFunction extends Construct {
  readonly function: lambda.Function;
  readonly role: iam.Role;
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: BridgeFunctionProps) {
    super(scope, id);
    const name = FUNCTION[props.part];
    const logGroupName = `/aws/lambda/${name}`;
    this.logGroup = new logs.LogGroup(this, 'Log', {
      logGroupName,
      retention: logs.RetentionDays.SIX_MONTHS,
      encryptionKey: props.key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = this.roleOf(name, logGroupName, props);
    this.function = new lambda.Function(this, 'Function', {
      functionName: name,
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: bundledCode(`aws-bridge/${props.part}`),
      handler: 'index.handler',
      role: this.role.withoutPolicyUpdates(),
      memorySize: props.memory,
      timeout: props.timeout,
      environment: { ...props.environment },
      environmentEncryption: props.key,
      logGroup: this.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      ...(props.durable && { durableConfig: props.durable }),
      ...(props.deadLetters && { deadLetterQueue: props.deadLetters }),
    });
    this.function.node.addDependency(this.role);
  }

  private roleOf(name: string, logGroupName: string, props: BridgeFunctionProps): iam.Role {
    const { key, rights, roleName = name } = props;
    const self = functionArn(this, name);
    const role = new iam.Role(this, 'Role', {
      roleName,
      description: `Gatehouse: what the function ${name} may do`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Runtime: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [`${logGroupArn(this, logGroupName)}:*`],
            }),
            // Its environment. Whether Lambda names a version in the context is not documented.
            new iam.PolicyStatement({
              actions: ['kms:Decrypt'],
              resources: [key.keyArn],
              conditions: {
                StringLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': [self, `${self}:*`] },
              },
            }),
          ],
        }),
        Calls: new iam.PolicyDocument({ statements: [...rights] }),
      },
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${logGroupArn(this, logGroupName)}:*]`,
      reason:
        'Log streams are named by Lambda when it starts an environment; the log group is the function own.',
    });
    return role;
  }
}
