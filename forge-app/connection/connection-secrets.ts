import { signingKey } from '../../aws-bridge/contract/signature';
import { deploymentDefault, type Direction, type Environment } from '../secrets';
import type { InTurn } from './exchange-turns';
import { broughtIn, givenUp, type KeptSecrets, switchedOver } from './rotation';
import type { SecretStore } from './secret-store';

/**
 * What may be told of a direction's secret: everything but the secret.
 *
 * - `stored`: on this page
 * - `deployed`: with the app's variables
 * - `unusable`: the app's variable is set, but is no webhook secret
 */
export interface SecretState {
  readonly source: 'stored' | 'deployed' | 'missing' | 'unusable';
  /** Since when it is stored. */
  readonly since: string | null;
  /** The one that is to follow, while they are exchanged. */
  readonly next: { readonly id: string; readonly since: string } | null;
}

/** What came of a change; `changed` where somebody else has changed it, or does so now. */
export type SecretChange =
  | {
      readonly outcome: 'done';
      readonly state: SecretState;
      /** A secret that was generated: told this once. */
      readonly generated: string | null;
    }
  | { readonly outcome: 'changed' }
  | { readonly outcome: 'malformed' };

export interface ConnectionSecrets {
  readonly state: (direction: Direction) => Promise<SecretState>;
  /** @param entered null: one is generated */
  readonly bringIn: (direction: Direction, entered: string | null) => Promise<SecretChange>;
  readonly switchOver: (direction: Direction, id: string) => Promise<SecretChange>;
  readonly giveUp: (direction: Direction, id: string) => Promise<SecretChange>;
}

export const createConnectionSecrets = (ports: {
  readonly env: Environment;
  readonly store: SecretStore;
  readonly inTurn: InTurn;
  /** A secret was stored: what is remembered of them is to be forgotten. */
  readonly changed: () => void;
  /** This many bytes that nobody can guess. */
  readonly randomBytes: (count: number) => Buffer;
  readonly now: () => Date;
}): ConnectionSecrets => {
  const { store } = ports;

  const stateOf = (direction: Direction, { current, next }: KeptSecrets): SecretState => {
    const byDefault = deploymentDefault(ports.env, direction);
    return {
      source: current ? 'stored' : byDefault === 'set' ? 'deployed' : byDefault,
      since: current?.since ?? null,
      next: next ? { id: next.id, since: next.since } : null,
    };
  };

  const change = async (
    direction: Direction,
    generated: string | null,
    decide: (kept: KeptSecrets) => KeptSecrets | undefined,
  ): Promise<SecretChange> => {
    const kept = await ports.inTurn(direction, async () => {
      const decided = decide(await store.read(direction));
      if (decided) await store.write(direction, decided);
      return decided;
    });
    if (!kept) return { outcome: 'changed' };
    ports.changed();
    return { outcome: 'done', state: stateOf(direction, kept), generated };
  };

  return {
    state: async (direction) => stateOf(direction, await store.read(direction)),

    bringIn: async (direction, entered) => {
      const generated = entered === null ? `whsec_${ports.randomBytes(32).toString('base64')}` : null;
      const secret = entered?.trim() ?? generated ?? '';
      if (!isSecret(secret)) return { outcome: 'malformed' };
      const id = ports.randomBytes(8).toString('hex');
      const fresh = { id, secret, since: ports.now().toISOString() };
      const deployed = deploymentDefault(ports.env, direction) === 'set';
      return change(direction, generated, (kept) => broughtIn(kept, fresh, deployed));
    },

    switchOver: (direction, id) => change(direction, null, (kept) => switchedOver(kept, id)),
    giveUp: (direction, id) => change(direction, null, (kept) => givenUp(kept, id)),
  };
};

const isSecret = (text: string): boolean => {
  try {
    signingKey(text);
    return true;
  } catch {
    return false;
  }
};
