import {
  CustomResource,
  Duration,
  Stack,
  Validations,
  aws_iam as iam,
  custom_resources as custom,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  acknowledgeInvocation,
  acknowledgeWaiter,
  CustomFunction,
  customLog,
  functionRole,
} from './custom-function';
import type { SharedNode } from './shared-nodes';

interface PortfolioShareProps {
  readonly portfolioId: string;
  readonly nodes: readonly SharedNode[];
}

/**
 * The portfolio's shares with nodes of the organization, which CloudFormation cannot make. Each is a resource of its own,
 * one after the other, since Service Catalog works on one share of a portfolio at a time.
 */
export class PortfolioShare extends Construct {
  /** The shares, in the order in which they are made. */
  readonly shares: readonly CustomResource[];

  constructor(scope: Construct, id: string, { portfolioId, nodes }: PortfolioShareProps) {
    super(scope, id);
    const provider = this.provider(portfolioId);
    this.shares = nodes.map(
      ({ Type, Value }) =>
        new CustomResource(this, Value, {
          resourceType: 'Custom::PortfolioShare',
          serviceToken: provider.serviceToken,
          properties: {
            PortfolioId: portfolioId,
            Node: { Type, Value },
            // Without principals, tenants see a portfolio that nobody can use. Service Catalog shares them with the
            // organization and its units only; a share with a single account has them associated there.
            SharePrincipals: Type !== 'ACCOUNT',
            ShareTagOptions: true,
          },
        }),
    );
    for (const [index, share] of this.shares.entries()) {
      const before = this.shares[index - 1];
      if (before) share.node.addDependency(before);
    }
  }

  private provider(portfolioId: string): custom.Provider {
    const logGroup = customLog(this);
    const start = new CustomFunction(this, 'Start', {
      handlers: 'share',
      handler: 'onEvent',
      description:
        "Gatehouse: starts a portfolio's share with a node of the organization, its change or its end",
      // It stands in line for up to twelve.
      timeout: Duration.minutes(14),
      rights: startRights(Stack.of(this), portfolioId),
      logGroup,
    });
    const follow = new CustomFunction(this, 'Follow', {
      handlers: 'share',
      handler: 'isComplete',
      description: 'Gatehouse: asks how far the share of a portfolio has come',
      timeout: Duration.minutes(2),
      rights: [
        new iam.PolicyStatement({
          actions: ['servicecatalog:DescribePortfolioShareStatus'],
          resources: ['*'],
        }),
      ],
      logGroup,
    });
    Validations.of(start.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        "Reading the organization, which Service Catalog does with the caller's rights, has no resource in IAM.",
    });
    Validations.of(follow.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'servicecatalog:DescribePortfolioShareStatus has no resource in IAM; it takes a token and only reads.',
    });

    const eventRole = functionRole(this, 'EventRole', logGroup);
    const waiterRole = functionRole(this, 'WaiterRole', logGroup);
    const provider = new custom.Provider(this, 'Provider', {
      onEventHandler: start.function,
      isCompleteHandler: follow.function,
      queryInterval: Duration.seconds(15),
      // Longer than an operation is followed, so that it is we who say what is still under way.
      totalTimeout: Duration.minutes(45),
      frameworkOnEventRole: eventRole,
      frameworkCompleteAndTimeoutRole: waiterRole,
      logGroup,
    });
    for (const role of [eventRole, waiterRole])
      acknowledgeInvocation(role, [start.function, follow.function]);
    acknowledgeWaiter(provider);
    return provider;
  }
}

const startRights = (stack: Stack, portfolioId: string): iam.PolicyStatement[] => [
  new iam.PolicyStatement({
    actions: [
      'servicecatalog:CreatePortfolioShare',
      'servicecatalog:DeletePortfolioShare',
      'servicecatalog:DescribePortfolioShares',
      'servicecatalog:UpdatePortfolioShare',
    ],
    resources: [stack.formatArn({ service: 'catalog', resource: 'portfolio', resourceName: portfolioId })],
  }),
  new iam.PolicyStatement({
    sid: 'ServiceCatalogReadsTheOrganization',
    actions: [
      'organizations:DescribeOrganization',
      'organizations:ListAccounts',
      'organizations:ListAccountsForParent',
      'organizations:ListChildren',
      'organizations:ListDelegatedAdministrators',
      'organizations:ListParents',
    ],
    resources: ['*'],
  }),
];
