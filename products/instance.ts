import {
  Aws,
  CfnOutput,
  CfnParameter,
  Fn,
  RemovalPolicy,
  Validations,
  aws_ec2 as ec2,
  aws_iam as iam,
} from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import { instanceRights, instanceRoleRights } from './instance-rights';
import { securityGroupRights } from './launch-rights';
import { ManagedInstance, ManagedInstanceRole } from './managed-instance';
import { layOutParameters } from './parameter-form';
import type { Product } from './product';
import { tagAs } from './product-tag';

const KEY = 'instance';
const BURSTABLE = ['t3.micro', 't3.small', 't3.medium', 't3.large'];
const GENERAL_PURPOSE = ['m6i.large', 'm6i.xlarge'];

/**
 * One Linux instance without any way in from the network: people reach it through Session Manager, which its role
 * allows. Image, metadata service and disk encryption are not up for choice.
 */
class InstanceStack extends ProductStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'One EC2 instance with the latest Amazon Linux, reached through Session Manager',
      analyticsReporting: false,
    });
    tagAs(this, KEY);

    const instanceType = new CfnParameter(this, 'InstanceType', {
      description: 'How much processor and memory the instance has.',
      default: 't3.micro',
      allowedValues: [...BURSTABLE, ...GENERAL_PURPOSE],
      constraintDescription: `must be one of ${[...BURSTABLE, ...GENERAL_PURPOSE].join(', ')}`,
    });
    const image = new CfnParameter(this, 'LatestImage', {
      type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      description: 'The public parameter that names the latest image of Amazon Linux 2023.',
      default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      allowedValues: [
        '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
        '/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64',
      ],
      constraintDescription: 'must be one of the Amazon Linux 2023 images on offer',
    });
    const volumeSize = new CfnParameter(this, 'VolumeSize', {
      type: 'Number',
      description: 'Size of the encrypted disk in GiB.',
      default: 16,
      minValue: 8,
      maxValue: 200,
      constraintDescription: 'must be a number of GiB from 8 to 200',
    });
    const vpcId = new CfnParameter(this, 'VpcId', {
      type: 'AWS::EC2::VPC::Id',
      description: 'The VPC in which the instance lives.',
    });
    const subnetId = new CfnParameter(this, 'SubnetId', {
      type: 'AWS::EC2::Subnet::Id',
      description: 'A subnet of that VPC which reaches the internet or the endpoints of Systems Manager.',
    });
    layOutParameters(this, [
      {
        title: 'Machine',
        parameters: [
          [instanceType, 'Instance type'],
          [volumeSize, 'Disk size in GiB'],
          [image, 'Image'],
        ],
      },
      {
        title: 'Network',
        parameters: [
          [vpcId, 'VPC'],
          [subnetId, 'Subnet'],
        ],
      },
    ]);

    const role = new ManagedInstanceRole(this, 'Role', {
      description: `Lets the instance of ${Aws.STACK_NAME} be managed through Systems Manager`,
    });
    const profile = new iam.CfnInstanceProfile(this, 'InstanceProfile', { roles: [role.ref] });
    const securityGroup = new ec2.CfnSecurityGroup(this, 'SecurityGroup', {
      groupDescription: 'No way in; out by TLS only',
      vpcId: vpcId.valueAsString,
      securityGroupEgress: [
        {
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          cidrIp: '0.0.0.0/0',
          description: 'TLS to anywhere',
        },
      ],
    });

    const instance = new ManagedInstance(this, 'Instance', {
      imageId: image.valueAsString,
      instanceType: instanceType.valueAsString,
      iamInstanceProfile: profile.ref,
      subnetId: subnetId.valueAsString,
      securityGroupIds: [securityGroup.attrGroupId],
      diskSize: volumeSize.valueAsNumber,
    });
    // A machine holds nothing that should outlive it; its disk goes with it.
    instance.applyRemovalPolicy(RemovalPolicy.DESTROY);
    Validations.of(instance).acknowledge(
      {
        id: 'AwsSolutions-EC28',
        reason:
          'Detailed monitoring has a price of its own; figures every five minutes are enough for a machine to try things on',
      },
      {
        id: 'AwsSolutions-EC29',
        reason:
          'Whoever may terminate the product may lose the machine; protection would only leave the stack half deleted',
      },
    );

    new CfnOutput(this, 'InstanceId', { description: 'The instance', value: instance.ref });
    new CfnOutput(this, 'PrivateIp', {
      description: 'Its address inside the VPC',
      value: instance.attrPrivateIp,
    });
    new CfnOutput(this, 'AvailabilityZone', {
      description: 'The zone in which it runs',
      value: instance.attrAvailabilityZone,
    });
    new CfnOutput(this, 'RoleArn', {
      description: 'Its role, to be granted what the instance may use',
      value: role.attrArn,
    });
    new CfnOutput(this, 'Connect', {
      description: 'How to open a shell on it',
      value: Fn.sub('aws ssm start-session --region ${AWS::Region} --target ${Instance}'),
    });
  }
}

export const instance: Product = {
  key: KEY,
  name: 'Linux instance',
  description: 'One EC2 instance with the latest Amazon Linux, an encrypted disk and Session Manager access.',
  owner: 'Cloud platform',
  versions: [
    { name: '1.0', description: 'Amazon Linux 2023, IMDSv2 only', template: { stack: InstanceStack } },
  ],
  templateConstraint: {
    description: 'Burstable instance types only',
    rules: {
      BurstableOnly: {
        Assertions: [
          {
            Assert: { 'Fn::Contains': [BURSTABLE, { Ref: 'InstanceType' }] },
            AssertDescription: `Instance types of this portfolio are ${BURSTABLE.join(', ')}`,
          },
        ],
      },
    },
  },
  launchRights: [...securityGroupRights(KEY), ...instanceRights(KEY), ...instanceRoleRights()],
  tagUpdates: 'allowed',
};
