import {
  RemovalPolicy,
  Stack,
  Validations,
  aws_iam as iam,
  aws_secretsmanager as secrets,
} from 'aws-cdk-lib';
import type { aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { mayDecrypt } from './decrypt';

/**
 * A secret of one direction: `{"current":"whsec_…","previous":"whsec_…"}`. It is created without a value, and as long
 * as it has none every message is refused. Its value is written when the two sides are connected
 * (docs/decisions/0014); a template never has it.
 */
export class WebhookSecret extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly #key: kms.IKey;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly name: string; readonly description: string; readonly key: kms.IKey },
  ) {
    super(scope, id);
    const secret = new secrets.CfnSecret(this, 'Secret', {
      name: props.name,
      description: props.description,
      kmsKeyId: props.key.keyArn,
    });
    secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.arn = secret.ref;
    this.name = props.name;
    this.#key = props.key;
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Both sides have to change, and AWS cannot write to Forge: a person rotates it as docs/decisions/0014 says.',
    });
    new secrets.CfnResourcePolicy(this, 'Policy', {
      secretId: secret.ref,
      blockPublicPolicy: true,
      resourcePolicy: new iam.PolicyDocument({ statements: [nobodyFromElsewhere(this)] }),
    });
  }

  /** What a function needs in order to read this secret. */
  readingRights(): readonly iam.PolicyStatement[] {
    return [
      new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.arn] }),
      mayDecrypt(
        this.#key,
        { service: 'secretsmanager', region: Stack.of(this).region },
        { SecretARN: this.arn },
      ),
    ];
  }
}

/** Whatever a policy of another account or a later statement here may say. */
const nobodyFromElsewhere = (scope: Construct): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid: 'OnlyThisAccount',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['secretsmanager:*'],
    resources: ['*'],
    conditions: { StringNotEquals: { 'aws:PrincipalAccount': Stack.of(scope).account } },
  });
