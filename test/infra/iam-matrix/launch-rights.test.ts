import { catalogue } from '../../../products/catalogue';
import { type Journey, startJourney } from '../../journeys/journey';
import { type UnusedPermission, unusedPermissions } from '../../sandbox/aws/iam/unused-permissions';
import { PAYMENTS_DEV } from '../../sandbox/organization';
import { launchEverything } from './launched';
import { isBy, nameOf } from './matrix';

/*
 * Every product is launched with all that is in it and taken back. What its launch role may do beyond the calls of that
 * stands in one table, with the reason why it may.
 */

interface Reason {
  readonly what: string;
  readonly because: string;
  /** Matches the action or the resource, after the policy's name: the product's, or `launch`. */
  readonly rights: RegExp;
}

const REASONS: readonly Reason[] = [
  {
    what: 'make stacks out of templates',
    because: 'Service Catalog does it with the launch role, and the sandbox weighs what resources take',
    rights: /^launch /,
  },
  {
    what: 'read settings back',
    because: 'handlers do it when they have made or changed something and when somebody looks for drift',
    rights: / (?!ssm:GetParameters)[a-z0-9-]+:(Get|List|Describe)[A-Z]\w+$/,
  },
  {
    what: 'change something in place',
    because: 'the sandbox weighs an update as a creation',
    rights: new RegExp(
      ` (${[
        'cloudfront:(PublishFunction|Update\\w+)',
        'ec2:(Modify|Replace|Update|Start|Stop)\\w+',
        'ec2:(Authorize|Revoke)SecurityGroup(In|E)gress',
        'ec2:(A|Disa)ssociateIamInstanceProfile',
        'iam:Update\\w+',
        'kms:(Disable|Enable|Update)\\w+|kms:PutKeyPolicy',
        'rds:(Modify|Reboot|Reset)\\w+',
        'sns:Unsubscribe',
      ].join('|')})$`,
    ),
  },
  {
    what: 'change tags',
    because: 'whatever is made brings its tags along, so that only an update changes them',
    rights:
      / (ec2:(Create|Delete)Tags|rds:RemoveTagsFromResource|cloudfront:CreateDistributionWithTags|[a-z0-9-]+:(Tag|Untag)[A-Z]\w+)$/,
  },
  {
    what: "read the public parameter with the image's id",
    because: 'CloudFormation does it with the rights of the launch, and the sandbox without asking',
    rights: /ssm:GetParameters$| arn:aws:ssm:/,
  },
  {
    what: 'delete the policy of a bucket',
    because: 'a bucket outlives its stack, and where a launch fails its policy mostly is not there yet',
    rights: / s3:DeleteBucketPolicy$/,
  },
];

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
  await launchEverything(journey);
}, 120_000);
afterAll(() => journey.sandbox.close());

/** What no call of the launch role needed, each as policy and permission. */
const unneeded = (product: string): readonly string[] => {
  const { iam } = journey.sandbox.aws;
  const role = iam.role(PAYMENTS_DEV, `GatehouseLaunch-${product}`);
  if (!role) throw new Error(`There is no launch role of ${product}`);
  return unusedPermissions([role], iam.calls).map(
    ({ policy, permission }: UnusedPermission) => `${policy} ${permission}`,
  );
};

test('a launch role was refused nothing', () => {
  const { calls } = journey.sandbox.aws.iam;
  // More are not kept.
  expect(calls.length).toBeLessThan(10_000);
  const refused = calls.filter((call) => !call.allowed && isBy(call, 'GatehouseLaunch-'));
  expect(refused.map(({ caller, action }) => `${nameOf(caller)} ${action}`)).toStrictEqual([]);
});

test.each(catalogue.map(({ key }) => key))(
  'the launch role of %s may do nothing without need or reason',
  (product) => {
    const unexplained = unneeded(product).filter(
      (right) => !REASONS.some(({ rights }) => rights.test(right)),
    );
    expect(unexplained).toStrictEqual([]);
  },
);

test.each(REASONS)('no launch and no end of one needs the rights to $what: $because', ({ rights }) => {
  const all = catalogue.flatMap(({ key }) => unneeded(key));
  expect(all.some((right) => rights.test(right))).toBe(true);
});
