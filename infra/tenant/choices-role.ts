import { type Stack, aws_iam as iam } from 'aws-cdk-lib';
import type { Configuration } from '../configuration';
import { catalogRoleArn, CHOICES_ROLE, externalId } from '../names';
import { acknowledgeWildcards } from './acknowledge-wildcards';

/** Seconds: the shortest that IAM lets a role last at most. */
const LONGEST_SESSION = 3600;

/** What there is to choose from of each of AWS's own parameter types, in the order of `ChoosableType` in the contract. */
const LOOKS_UP = [
  'DescribeAvailabilityZones',
  'DescribeKeyPairs',
  'DescribeSecurityGroups',
  'DescribeSubnets',
  'DescribeVpcs',
];

/**
 * The role by which the catalog function looks up, for the order form, which networks and key pairs an account has. It reads
 * and does nothing else, so it needs nobody's approval, and nobody is named by its session.
 */
export const createChoicesRole = (stack: Stack, configuration: Configuration): iam.CfnRole => {
  const permissions = new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'LookUpChoices',
        actions: LOOKS_UP.map((operation) => `ec2:${operation}`),
        // EC2 knows no resource that these calls could be limited to.
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': configuration.regions } },
      }),
    ],
  });
  const role = new iam.CfnRole(stack, 'Choices', {
    roleName: CHOICES_ROLE,
    description: 'Gatehouse looks up with it what an order can choose from',
    maxSessionDuration: LONGEST_SESSION,
    assumeRolePolicyDocument: trustOf(configuration),
    policies: [{ policyName: 'look-up', policyDocument: permissions }],
  });
  acknowledgeWildcards(role, [permissions], 'EC2 limits none of these reading calls to a resource');
  return role;
};

/** The principal is the hub account, as in the tenant role's trust: whoever is made anew under that name is known again. */
const trustOf = (configuration: Configuration): iam.PolicyDocument =>
  new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'ForTheOrderForm',
        principals: [new iam.ArnPrincipal(`arn:aws:iam::${configuration.hubAccount}:root`)],
        actions: ['sts:AssumeRole'],
        conditions: {
          ArnEquals: { 'aws:PrincipalArn': catalogRoleArn(configuration) },
          StringEquals: {
            'aws:PrincipalOrgID': configuration.organization.id,
            'sts:ExternalId': externalId(configuration),
          },
        },
      }),
    ],
  });
