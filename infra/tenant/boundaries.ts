import { RemovalPolicy, type Stack, aws_iam as iam } from 'aws-cdk-lib';
import { WORKLOAD_BOUNDARY, workloadBoundaryArn } from '../../products/workload-boundary';
import type { Configuration } from '../configuration';
import { CHOICES_ROLE, EVENT_ROLE } from '../names';
import { acknowledgeWildcards } from './acknowledge-wildcards';
import { iamArn, LAUNCH_BOUNDARY, OF_PRODUCTS, regionalArns, STACK_EVENTS_RULE } from './names';
import { assertManagedFits } from './policy-limits';

/** Services that decide who may do what, beyond IAM itself. */
const GOVERNANCE = [
  'account',
  'identitystore',
  'organizations',
  'servicecatalog',
  'sso',
  'sso-directory',
].map((service) => `${service}:*`);

/** Roles by which an organization's administrators enter accounts. */
const ADMINISTRATORS = ['OrganizationAccountAccessRole', 'AWSControlTowerExecution'];

/** The ceiling of launch roles, whatever a product's launch rights say. */
export const createLaunchBoundary = (stack: Stack, configuration: Configuration): iam.CfnManagedPolicy =>
  createBoundary(stack, 'LaunchBoundary', {
    name: LAUNCH_BOUNDARY,
    description: 'The most that a launch role of Gatehouse may do',
    reason:
      'A boundary grants nothing: it leaves to each launch role what its product needs, and denies what none may do',
    denied: [
      deny('GovernsNothing', [...GOVERNANCE, 'sts:*'], ['*']),
      new iam.PolicyStatement({
        sid: 'ChangesOnlyWhatProductsCreated',
        effect: iam.Effect.DENY,
        actions: ['iam:*'],
        notResources: [
          iamArn(`role/${OF_PRODUCTS}`),
          iamArn(`instance-profile/${OF_PRODUCTS}`),
          iamArn('role/aws-service-role/*'),
        ],
      }),
      new iam.PolicyStatement({
        sid: 'LetsServicesMakeTheirOwnRoles',
        effect: iam.Effect.DENY,
        notActions: ['iam:CreateServiceLinkedRole'],
        resources: [iamArn('role/aws-service-role/*')],
      }),
      new iam.PolicyStatement({
        sid: 'RolesStayWithinTheWorkloadBoundary',
        effect: iam.Effect.DENY,
        actions: [
          'iam:AttachRolePolicy',
          'iam:CreateRole',
          'iam:DeleteRolePolicy',
          'iam:DetachRolePolicy',
          'iam:PutRolePermissionsBoundary',
          'iam:PutRolePolicy',
          'iam:UpdateAssumeRolePolicy',
        ],
        resources: ['*'],
        conditions: { StringNotEquals: { 'iam:PermissionsBoundary': workloadBoundaryArn() } },
      }),
      deny('TakesNoBoundaryAway', ['iam:DeleteRolePermissionsBoundary'], ['*']),
      leavesTheRuleAlone(configuration),
    ],
  });

/** The ceiling of roles that products create. */
export const createWorkloadBoundary = (stack: Stack, configuration: Configuration): iam.CfnManagedPolicy => {
  const boundary = createBoundary(stack, 'WorkloadBoundary', {
    name: WORKLOAD_BOUNDARY,
    description: 'The most that a role created by a product of Gatehouse may do',
    reason:
      'A boundary grants nothing: it leaves to each role what its product gives it, and denies what none may do',
    denied: [
      // cloudformation: who can describe a stack's resources can read the URL that approves a gated one.
      deny('GovernsNothing', [...GOVERNANCE, 'cloudformation:*', 'iam:*'], ['*']),
      deny(
        'BecomesNeitherGatehouseNorAdministrator',
        ['sts:AssumeRole'],
        [
          `arn:aws:iam::*:role/${configuration.roles.tenant}`,
          `arn:aws:iam::*:role/${configuration.roles.launchPrefix}-*`,
          ...[EVENT_ROLE, CHOICES_ROLE, ...ADMINISTRATORS].map((name) => `arn:aws:iam::*:role/${name}`),
        ],
      ),
      leavesTheRuleAlone(configuration),
    ],
  });
  // Roles of products need it for as long as they exist, and IAM refuses to delete a boundary that is in use. Left
  // behind, it lets an account leave without a stack that cannot be deleted.
  boundary.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return boundary;
};

const createBoundary = (
  stack: Stack,
  id: string,
  boundary: {
    readonly name: string;
    readonly description: string;
    readonly reason: string;
    readonly denied: iam.PolicyStatement[];
  },
): iam.CfnManagedPolicy => {
  const document = new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({ sid: 'AsFarAsItsOwnPoliciesGo', actions: ['*'], resources: ['*'] }),
      ...boundary.denied,
    ],
  });
  assertManagedFits(stack, boundary.name, document);
  const policy = new iam.CfnManagedPolicy(stack, id, {
    managedPolicyName: boundary.name,
    description: boundary.description,
    policyDocument: document,
  });
  acknowledgeWildcards(policy, [document], boundary.reason);
  return policy;
};

const deny = (sid: string, actions: string[], resources: string[]): iam.PolicyStatement =>
  new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, actions, resources });

const leavesTheRuleAlone = ({ regions }: Configuration): iam.PolicyStatement =>
  deny('LeavesTheRuleAlone', ['events:*'], regionalArns('events', regions, `rule/${STACK_EVENTS_RULE}`));
