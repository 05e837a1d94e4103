import { type SigningKey, signingKey } from '../aws-bridge/contract/signature';

/** A process's environment, as `process.env` has it. Encrypted Forge variables arrive in it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The app was deployed without a secret that it needs, or with one that is none. Its value is never in the message. */
export class SecretNotSetUp extends Error {
  override readonly name = 'SecretNotSetUp';
  constructor(variable: string, problem: string, options?: ErrorOptions) {
    super(
      `the app's variable ${variable} ${problem}. Set it with "forge variables set --encrypt ${variable}", then deploy the app again`,
      options,
    );
  }
}

/** Both directions' keys. They are read when first needed, so that a missing one stops only what needs it. */
export const createSigningKeys = (env: Environment) => {
  const secrets = (variable: string): SigningKey[] => {
    const value = env[variable]?.trim();
    if (value === undefined || value === '') throw new SecretNotSetUp(variable, 'is not set');
    try {
      return value.split(/\s+/).map(signingKey);
    } catch (cause) {
      throw new SecretNotSetUp(variable, 'is not a webhook secret (whsec_…)', { cause });
    }
  };
  return {
    /** Signs what goes to the bridge. */
    toBridge: (): SigningKey => {
      const [key] = secrets('GATEHOUSE_WEBHOOK_SECRET');
      if (!key) throw new SecretNotSetUp('GATEHOUSE_WEBHOOK_SECRET', 'is not set');
      return key;
    },
    /** Verify what comes from it: the current key and, during a rotation, the previous one. */
    fromBridge: (): readonly SigningKey[] => secrets('GATEHOUSE_CALLBACK_SECRETS'),
  };
};
