import { type SigningKey, signingKey } from '../aws-bridge/contract/signature';

/** A process's environment, as `process.env` has it. Encrypted Forge variables arrive in it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Which messages a secret protects: those that the app signs, or those that the bridge does. */
export type Direction = 'to-bridge' | 'from-bridge';

/** What holds where the installation has stored nothing. */
const VARIABLE = {
  'to-bridge': 'GATEHOUSE_WEBHOOK_SECRET',
  'from-bridge': 'GATEHOUSE_CALLBACK_SECRETS',
} as const satisfies Record<Direction, string>;

/** There is no secret that could be used, neither stored nor deployed. A secret's value is never in the message. */
export class SecretNotSetUp extends Error {
  override readonly name = 'SecretNotSetUp';
  constructor(variable: string, problem: string, options?: ErrorOptions) {
    super(
      `no secret is stored on the settings page, and the app's variable ${variable} ${problem}. Store one on the settings page; or set it with "forge variables set --encrypt ${variable}", then deploy the app again`,
      options,
    );
  }
}

/** The secrets of a direction that the installation keeps. `next` is there while they are exchanged. */
export interface StoredSecrets {
  readonly current?: string | undefined;
  readonly next?: string | undefined;
}

/** Milliseconds for which stored secrets that were read are used. */
const FRESH_FOR = 30_000;

/** @throws SecretNotSetUp */
const deployed = (env: Environment, direction: Direction): SigningKey[] => {
  const variable = VARIABLE[direction];
  const value = env[variable]?.trim();
  if (value === undefined || value === '') throw new SecretNotSetUp(variable, 'is not set');
  try {
    return value.split(/\s+/).map(signingKey);
  } catch (cause) {
    throw new SecretNotSetUp(variable, 'is not a webhook secret (whsec_…)', { cause });
  }
};

/** What the deployment brings along for a direction. */
export const deploymentDefault = (env: Environment, direction: Direction): 'set' | 'missing' | 'unusable' => {
  if ((env[VARIABLE[direction]]?.trim() ?? '') === '') return 'missing';
  try {
    deployed(env, direction);
    return 'set';
  } catch {
    return 'unusable';
  }
};

/**
 * Both directions' keys: what is stored counts, and without that what was deployed. They are read when first needed, so that a
 * missing one stops only what needs it, and anew after half a minute; when that fails, those that are known serve on.
 */
export const createSigningKeys = (ports: {
  readonly env: Environment;
  readonly stored: (direction: Direction) => Promise<StoredSecrets>;
  readonly now: () => Date;
}) => {
  const known = new Map<Direction, { readonly secrets: StoredSecrets; readonly until: number }>();

  const read = async (direction: Direction): Promise<StoredSecrets> => {
    const now = ports.now().getTime();
    const kept = known.get(direction);
    if (kept && now < kept.until) return kept.secrets;
    const secrets = await ports.stored(direction).catch((error: unknown) => {
      if (kept) return kept.secrets;
      throw error;
    });
    known.set(direction, { secrets, until: now + FRESH_FOR });
    return secrets;
  };

  const current = (direction: Direction, { current: secret }: StoredSecrets): readonly SigningKey[] =>
    secret === undefined ? deployed(ports.env, direction) : [signingKey(secret)];

  return {
    /** Signs what goes to the bridge. @throws SecretNotSetUp, and what reading the storage throws */
    toBridge: async (): Promise<SigningKey> => {
      const [key] = current('to-bridge', await read('to-bridge'));
      if (!key) throw new SecretNotSetUp(VARIABLE['to-bridge'], 'is not set');
      return key;
    },
    /** Verify what comes from it: the current key and, while keys are exchanged, the other one. @throws as toBridge */
    fromBridge: async (): Promise<readonly SigningKey[]> => {
      const secrets = await read('from-bridge');
      const next = secrets.next === undefined ? [] : [signingKey(secrets.next)];
      return [...current('from-bridge', secrets), ...next];
    },
    /** Has both directions read anew: something was stored. */
    forget: (): void => known.clear(),
  };
};
