import { aws_iam as iam } from 'aws-cdk-lib';

/** Refuses everybody who does not come over TLS, whatever else allows it. */
export const overTlsOnly = (action: string, ...resources: readonly string[]): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid: 'TlsOnly',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: [action],
    resources: [...resources],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
