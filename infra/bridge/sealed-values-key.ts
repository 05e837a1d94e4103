import { Duration, RemovalPolicy, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * The key to whose public half values are sealed that nobody but the bridge may read: the addresses by which stacks
 * are signalled. It outlives the stack, because with it would go whatever was sealed; KMS does not rotate asymmetric
 * keys.
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

/** What the operation function needs, and nobody else has. */
export const mayOpenSealedValues = (key: kms.IKey): iam.PolicyStatement =>
  new iam.PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:EncryptionAlgorithm': 'RSAES_OAEP_SHA_256' } },
  });

/** What whoever seals needs. */
export const maySeal = (key: kms.IKey): iam.PolicyStatement =>
  new iam.PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [key.keyArn] });
