import { Duration, RemovalPolicy, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The key that values are sealed to now, and those before it, which open what was sealed to them. */
export interface SealedValuesKeys {
  readonly current: kms.Key;
  /** The latest first. */
  readonly former: readonly kms.Key[];
}

/**
 * The keys to whose public halves values are sealed that nobody but the bridge may read: the addresses by which stacks
 * are signalled, and the parameters of orders that must not be shown. They outlive the stack, because with one would go
 * whatever was sealed to it. KMS does not rotate asymmetric keys, so one more key takes the place of the last.
 * @param count how many there have been
 */
export const createSealedValuesKeys = (scope: Construct, id: string, count: number): SealedValuesKeys => {
  const former = Array.from({ length: count - 1 }, (_, before) => createKey(scope, id, before + 1));
  return { current: createKey(scope, id, count), former: former.reverse() };
};

/** The first is named as if there were no other, so that it stays what it is. */
const createKey = (scope: Construct, id: string, number: number): kms.Key =>
  new kms.Key(scope, number === 1 ? id : `${id}${number}`, {
    alias: number === 1 ? 'alias/gatehouse-sealed' : `alias/gatehouse-sealed-${number}`,
    description: 'Values that are sealed for the Gatehouse bridge',
    keySpec: kms.KeySpec.RSA_4096,
    keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });

/** What the operation function needs, and nobody else has. */
export const mayOpenSealedValues = ({ current, former }: SealedValuesKeys): iam.PolicyStatement =>
  new iam.PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [current, ...former].map(({ keyArn }) => keyArn),
    conditions: { StringEquals: { 'kms:EncryptionAlgorithm': 'RSAES_OAEP_SHA_256' } },
  });

/** What whoever seals needs. */
export const maySeal = (key: kms.IKey): iam.PolicyStatement =>
  new iam.PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [key.keyArn] });
