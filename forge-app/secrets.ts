import { type SigningKey, signingKey } from '../aws-bridge/contract/signature';

/** A process's environment, as `process.env` has it. Encrypted Forge variables arrive in it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The app was deployed without a secret that it needs. */
export class SecretMissing extends Error {
  override readonly name = 'SecretMissing';
  constructor(variable: string) {
    super(`The variable ${variable} is not set; set it with: forge variables set --encrypt ${variable}`);
  }
}

/** Both directions' keys. They are read when first needed, so that a missing one stops only what needs it. */
export const createSigningKeys = (env: Environment) => {
  const secrets = (variable: string): SigningKey[] => {
    const value = env[variable]?.trim();
    if (value === undefined || value === '') throw new SecretMissing(variable);
    return value.split(/\s+/).map(signingKey);
  };
  return {
    /** Signs what goes to the bridge. */
    toBridge: (): SigningKey => {
      const [key] = secrets('GATEHOUSE_WEBHOOK_SECRET');
      if (!key) throw new SecretMissing('GATEHOUSE_WEBHOOK_SECRET');
      return key;
    },
    /** Verify what comes from it: the current key and, during a rotation, the previous one. */
    fromBridge: (): readonly SigningKey[] => secrets('GATEHOUSE_CALLBACK_SECRETS'),
  };
};
