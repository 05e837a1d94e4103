import type { Role } from './aws/iam/role';

/** Roles of the permission set that developers have, as the configuration names who may use the console. */
export const DEVELOPERS = 'aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Developer_*';

const PATH = '/aws-reserved/sso.amazonaws.com/eu-west-1/';
export const DEVELOPER = 'AWSReservedSSO_Developer_a1b2c3d4e5f60718';
export const ADMINISTRATOR = 'AWSReservedSSO_AdministratorAccess_18f60e5d4c3b2a10';

/**
 * What would tell the address by which a stack is signalled: it is the physical id of a wait condition handle, and a
 * property of the custom resource. AWS's policy for end users grants two of these, so whoever launches what waits for an
 * approval has to be denied them.
 */
const TELLS_ADDRESSES = [
  'cloudformation:DescribeStackEvents',
  'cloudformation:DescribeStackResource',
  'cloudformation:DescribeStackResources',
  'cloudformation:ListStackResources',
];

/** The roles that IAM Identity Center makes in accounts for the permission sets that people there have. */
export const consoleRoles = (accounts: readonly string[]): Role[] =>
  accounts.flatMap((account) => {
    const trust = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${account}:saml-provider/AWSSSO_a1b2c3d4_DO_NOT_DELETE` },
          Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        },
      ],
    };
    return [
      {
        ...{ account, path: PATH, name: DEVELOPER, trust },
        managedPolicyArns: ['arn:aws:iam::aws:policy/AWSServiceCatalogEndUserFullAccess'],
        policies: {
          AwsSSOInlinePolicy: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Deny', Action: TELLS_ADDRESSES, Resource: '*' }],
          },
        },
      },
      {
        ...{ account, path: PATH, name: ADMINISTRATOR, trust },
        managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        policies: {},
      },
    ];
  });
