import { CfnDeletionPolicy, Fn, Validations, type CfnCondition, aws_rds as rds } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const FIXED = {
  autoMinorVersionUpgrade: true,
  manageMasterUserPassword: true,
  storageType: 'gp3',
  storageEncrypted: true,
  publiclyAccessible: false,
  copyTagsToSnapshot: true,
  // The last snapshot stays; the backups of every day go with the database.
  deleteAutomatedBackups: true,
} as const;

interface PrivateDatabaseProps extends Omit<
  rds.CfnDBInstanceProps,
  keyof typeof FIXED | 'multiAz' | 'deletionProtection'
> {
  /** Whether a second instance in another zone stands by. */
  readonly hasStandby: CfnCondition;
  /** Whether an update has to turn deletion protection off before it can be deleted. */
  readonly isProtected: CfnCondition;
}

/**
 * A database on encrypted storage that is not reached from the internet, with a password that RDS makes up and rotates.
 * What was in it outlives the stack as a snapshot.
 */
export class PrivateDatabase extends rds.CfnDBInstance {
  constructor(scope: Construct, id: string, { hasStandby, isProtected, ...props }: PrivateDatabaseProps) {
    super(scope, id, {
      ...props,
      ...FIXED,
      multiAz: Fn.conditionIf(hasStandby.logicalId, true, false),
      deletionProtection: Fn.conditionIf(isProtected.logicalId, true, false),
    });
    this.cfnOptions.deletionPolicy = CfnDeletionPolicy.SNAPSHOT;
    this.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-RDS3',
        reason: 'A standby doubles the price, so whoever orders decides; the approver sees what was chosen',
      },
      {
        id: 'AwsSolutions-RDS10',
        reason:
          'Deletion protection is on unless somebody turns it off, which is the way to delete the database',
      },
    );
  }
}
