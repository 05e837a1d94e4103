import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnStackSet, Stack, type StackProps, aws_s3_assets as s3assets } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Product } from '../../products/product';
import type { Configuration } from '../configuration';
import { portfolioParameter } from './portfolio-access';
import { STACK_SET } from './names';
import { tenantTemplate } from './tenant-template';

export interface TenantsStackProps extends Pick<StackProps, 'env'> {
  readonly configuration: Configuration;
  readonly catalogue: readonly Product[];
  /** By region, the id of the portfolio there. */
  readonly portfolios: Readonly<Record<string, string>>;
}

/** Puts the tenant template into every tenant account, and into those that come later. It lies in the hub account. */
export class TenantsStack extends Stack {
  constructor(scope: Construct, id: string, props: TenantsStackProps) {
    super(scope, id, {
      ...(props.env && { env: props.env }),
      description: 'Gatehouse: the StackSet that puts roles and event rule into the tenant accounts',
      analyticsReporting: false,
    });
    const { configuration, catalogue, portfolios } = props;
    new CfnStackSet(this, 'Tenants', {
      stackSetName: STACK_SET,
      description: 'Roles and event rule of Gatehouse in tenant accounts',
      permissionModel: 'SERVICE_MANAGED',
      callAs: 'DELEGATED_ADMIN',
      capabilities: ['CAPABILITY_NAMED_IAM'],
      templateUrl: this.#published(tenantTemplate(configuration, catalogue)),
      ...(configuration.tenants.accounts && {
        parameters: Object.entries(portfolios).map(([region, id]) => ({
          parameterKey: portfolioParameter(region),
          parameterValue: id,
        })),
      }),
      // Automatic deployment does not look at account filters: it would reach accounts that nobody named. An account
      // that leaves must not go on trusting the hub, so its stack goes, too.
      autoDeployment: configuration.tenants.accounts
        ? { enabled: false }
        : { enabled: true, retainStacksOnAccountRemoval: false },
      managedExecution: { Active: true },
      operationPreferences: {
        // Home first: the rules of further regions use a role that is made there.
        regionConcurrencyType: 'SEQUENTIAL',
        regionOrder: configuration.regions,
        // Among thousands of accounts some are always suspended or full, and must not hold up the others.
        failureTolerancePercentage: 20,
        maxConcurrentPercentage: 25,
        concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
      },
      stackInstancesGroup: [{ deploymentTargets: targetsOf(configuration), regions: configuration.regions }],
    });
  }

  /** Address of the template in S3; a template within a template would be limited to 51,200 bytes. */
  #published(template: object): string {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tenants-'));
    try {
      const path = join(folder, 'tenant.template.json');
      writeFileSync(path, JSON.stringify(template));
      return new s3assets.Asset(this, 'Template', { path }).httpUrl;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

const targetsOf = ({
  tenants: { within, accounts },
}: Configuration): CfnStackSet.DeploymentTargetsProperty => ({
  organizationalUnitIds: 'root' in within ? [within.root] : within.organizationalUnits,
  ...(accounts && { accounts, accountFilterType: 'INTERSECTION' }),
});
