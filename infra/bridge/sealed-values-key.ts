import { Duration, RemovalPolicy, aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * The key to whose public half values are sealed that nobody but the bridge may read. Nothing may decrypt with it
 * by this stack's doing; whoever opens sealed values brings that right along. It outlives the stack, because with it
 * would go whatever was sealed; KMS does not rotate asymmetric keys.
 */
export const createSealedValuesKey = (scope: Construct, id: string): kms.Key =>
  new kms.Key(scope, id, {
    alias: 'alias/gatehouse-sealed',
    description: 'Values that are sealed for the Gatehouse bridge',
    keySpec: kms.KeySpec.RSA_4096,
    keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
