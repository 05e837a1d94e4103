import type { aws_iam as iam } from 'aws-cdk-lib';
import { OF_STACK, arn, carryingTagOf, describing, globalArn, taggedInEc2 } from './launch-rights';
import { workloadBoundaryArn } from './workload-boundary';

type Statement = iam.PolicyStatementProps;

const PUBLIC_IMAGES = 'arn:aws:ssm:*::parameter/aws/service/ami-amazon-linux-latest/*';

/** Instances with encrypted disks and an image of Amazon's; the rights to their security groups come on top. */
export const instanceRights = (productKey: string): readonly Statement[] => [
  describing(
    'DescribeIamInstanceProfileAssociations',
    'DescribeImages',
    'DescribeInstanceAttribute',
    'DescribeInstanceCreditSpecifications',
    'DescribeInstances',
    'DescribeLaunchTemplates',
    'DescribeNetworkInterfaces',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeVolumes',
    'DescribeVpcs',
  ),
  ...taggedInEc2({
    productKey,
    types: ['instance'],
    create: ['RunInstances'],
    change: [
      'AssociateIamInstanceProfile',
      'DisassociateIamInstanceProfile',
      'ModifyInstanceAttribute',
      'ModifyInstanceMetadataOptions',
      'ReplaceIamInstanceProfileAssociation',
      'StartInstances',
      'StopInstances',
      'TerminateInstances',
    ],
  }),
  {
    actions: ['ec2:ModifyInstanceAttribute', 'ec2:RunInstances'],
    resources: [arn('ec2', 'security-group/*')],
    conditions: carryingTagOf(productKey),
  },
  {
    actions: ['ec2:RunInstances'],
    resources: [arn('ec2', 'volume/*')],
    conditions: { Bool: { 'ec2:Encrypted': 'true' } },
  },
  // The subnet is the tenant's own, chosen at launch; images belong to Amazon; an interface has no tag at launch.
  {
    actions: ['ec2:RunInstances'],
    resources: [arn('ec2', 'subnet/*'), arn('ec2', 'network-interface/*'), 'arn:aws:ec2:*::image/ami-*'],
  },
  // CloudFormation reads the image's id itself; public parameters belong to no account.
  { actions: ['ssm:GetParameters'], resources: [PUBLIC_IMAGES] },
  // Read back with every instance; the association's id would not be known here.
  { actions: ['ssm:DescribeAssociation', 'ssm:ListAssociations'], resources: ['*'] },
];

/**
 * The role that an instance has, under the boundary of workloads, and its profile.
 * @param called the role's name, as CloudFormation makes it up
 */
export const instanceRoleRights = (called: string = OF_STACK): readonly Statement[] => {
  const role = globalArn('iam', `role/${called}`);
  return [
    {
      actions: ['iam:CreateRole'],
      resources: [role],
      conditions: { StringEquals: { 'iam:PermissionsBoundary': workloadBoundaryArn() } },
    },
    {
      actions: ['iam:AttachRolePolicy'],
      resources: [role],
      conditions: {
        StringEquals: { 'iam:PermissionsBoundary': workloadBoundaryArn() },
        ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore' },
      },
    },
    {
      actions: [
        'iam:DeleteRole',
        'iam:DetachRolePolicy',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ],
      resources: [role],
    },
    {
      actions: ['iam:PassRole'],
      resources: [role],
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    },
    {
      actions: [
        'iam:AddRoleToInstanceProfile',
        'iam:CreateInstanceProfile',
        'iam:DeleteInstanceProfile',
        'iam:GetInstanceProfile',
        'iam:RemoveRoleFromInstanceProfile',
      ],
      resources: [globalArn('iam', `instance-profile/${OF_STACK}`)],
    },
  ];
};
