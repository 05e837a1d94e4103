import { Aws, Fn, Validations, aws_ec2 as ec2, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { workloadBoundaryArn } from './workload-boundary';

interface ManagedInstanceProps extends Omit<
  ec2.CfnInstanceProps,
  'metadataOptions' | 'blockDeviceMappings' | 'tags'
> {
  /** Size of its disk in GiB. */
  readonly diskSize: number;
}

/** An instance whose metadata only a session's token opens, with one encrypted disk that goes with it. */
export class ManagedInstance extends ec2.CfnInstance {
  constructor(scope: Construct, id: string, { diskSize, ...props }: ManagedInstanceProps) {
    super(scope, id, {
      ...props,
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: { encrypted: true, volumeType: 'gp3', volumeSize: diskSize, deleteOnTermination: true },
        },
      ],
      tags: [{ key: 'Name', value: Aws.STACK_NAME }],
    });
  }
}

/** Lets an instance be managed, and people reach it, through Systems Manager; the boundary of workloads caps it. */
export class ManagedInstanceRole extends iam.CfnRole {
  constructor(scope: Construct, id: string, props: Pick<iam.CfnRoleProps, 'description' | 'policies'>) {
    super(scope, id, {
      ...props,
      assumeRolePolicyDocument: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            principals: [new iam.ServicePrincipal('ec2.amazonaws.com')],
            actions: ['sts:AssumeRole'],
          }),
        ],
      }),
      permissionsBoundary: workloadBoundaryArn(),
      managedPolicyArns: [Fn.sub('arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore')],
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedInstanceCore]',
      reason:
        'AWS keeps it in step with what the agent of Systems Manager calls, and the boundary of workloads caps it',
    });
  }
}
