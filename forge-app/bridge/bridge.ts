import * as z from 'zod/mini';
import { CatalogAnswer } from '../../aws-bridge/contract/catalog';
import { type Choices, ChoicesAnswer, type ChoosableType } from '../../aws-bridge/contract/choices';
import { seal } from '../../aws-bridge/contract/codec';
import {
  type CatalogRequested,
  type ChoicesRequested,
  type GateDecided,
  type OperationApproved,
  OperationsAnswer,
  type OperationsRequested,
  Refusal,
} from '../../aws-bridge/contract/messages';
import type { SigningKey } from '../../aws-bridge/contract/signature';
import type { CatalogSource } from '../catalog/catalog-sync';
import type { DeliveryAnswer } from '../delivery/judge-delivery';
import { type Handover, isGateDecision } from '../request/record';

/** The bridge did not answer a question of ours; asking again later may help. */
export class BridgeUnavailable extends Error {
  override readonly name = 'BridgeUnavailable';
  constructor(asked: string, reason: string, options?: ErrorOptions) {
    super(`The bridge did not answer ${asked}: ${reason}. It is asked again later`, options);
  }
}

/** The way to the bridge: Forge's remote, as far as it is used here. */
export type InvokeBridge = (request: {
  readonly path: '/webhook' | '/catalog';
  readonly headers: Record<string, string>;
  readonly body: string;
}) => Promise<{
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly text: () => Promise<string>;
}>;

export interface Bridge {
  /** Hands a decision over. Never throws for what the bridge or the network did. */
  readonly deliver: (handover: Handover) => Promise<DeliveryAnswer>;
  /** @throws BridgeUnavailable, and the key's error where the app was deployed without a key that can be used */
  readonly statesOf: (siteId: string, operationIds: readonly string[]) => Promise<OperationsAnswer>;
  readonly catalogOf: (siteId: string) => CatalogSource;
  /** What a tenant account has of these types. @throws as statesOf does */
  readonly choicesOf: (
    siteId: string,
    asked: { readonly account: string; readonly region: string; readonly types: readonly ChoosableType[] },
  ) => Promise<readonly Choices[]>;
}

export const createBridge = (ports: {
  readonly invoke: InvokeBridge;
  /** Throws where there is none; what it says is told to the agents. */
  readonly key: () => Promise<SigningKey>;
  readonly now: () => Date;
  /** A message id that was not used before, for messages that are not repeated under their id. */
  readonly newMessageId: () => string;
}): Bridge => {
  const post = async (path: '/webhook' | '/catalog', id: string, content: unknown, key: SigningKey) => {
    const { headers, body } = seal({ id, at: ports.now(), content, key });
    const response = await ports.invoke({ path, headers: { ...headers }, body });
    return { response, text: await response.text() };
  };

  const ask = async <Schema extends z.ZodMiniType>(
    schema: Schema,
    path: '/webhook' | '/catalog',
    content: { readonly type: string },
  ): Promise<z.infer<Schema>> => {
    const key = await ports.key();
    const { response, text } = await post(path, ports.newMessageId(), content, key).catch(
      (error: unknown) => {
        throw new BridgeUnavailable(content.type, 'the request failed', { cause: error });
      },
    );
    if (response.status !== 200) {
      throw new BridgeUnavailable(content.type, `status ${response.status}${said(text)}`);
    }
    const answer = schema.safeParse(json(text));
    if (answer.success) return answer.data;
    throw new BridgeUnavailable(
      content.type,
      `its answer is not as agreed: ${z.prettifyError(answer.error)}`,
    );
  };

  return {
    deliver: async (handover) => {
      const { id, message } = messageOf(handover, ports.now().toISOString());
      let key: SigningKey;
      try {
        key = await ports.key();
      } catch (error) {
        return { status: 'not set up', message: error instanceof Error ? error.message : String(error) };
      }
      try {
        const { response, text } = await post('/webhook', id, message, key);
        const seconds = Number(response.headers.get('retry-after') ?? NaN);
        return {
          status: response.status,
          retryAfterSeconds: Number.isFinite(seconds) && seconds >= 0 ? seconds : null,
          message: Refusal.safeParse(json(text)).data?.message ?? null,
        };
      } catch (error) {
        return { status: null, message: error instanceof Error ? error.name : 'unknown error' };
      }
    },

    statesOf: (siteId, operationIds) => {
      const message: OperationsRequested = {
        type: 'operations.requested',
        timestamp: ports.now().toISOString(),
        data: { site: siteId, operationIds: [...operationIds] },
      };
      return ask(OperationsAnswer, '/webhook', message);
    },

    catalogOf: (siteId) => ({
      requestCatalog: ({ revision, describedVersions }) => {
        const message: CatalogRequested = {
          type: 'catalog.requested',
          timestamp: ports.now().toISOString(),
          data: { site: siteId, revision, describedVersions: [...describedVersions] },
        };
        return ask(CatalogAnswer, '/catalog', message);
      },
    }),

    choicesOf: async (siteId, { account, region, types }) => {
      const message: ChoicesRequested = {
        type: 'choices.requested',
        timestamp: ports.now().toISOString(),
        data: { site: siteId, account, region, types: [...types] },
      };
      return (await ask(ChoicesAnswer, '/catalog', message)).choices;
    },
  };
};

/** A repeat has the same id, which is that of what it is about. */
const messageOf = (
  handover: Handover,
  timestamp: string,
): { readonly id: string; readonly message: OperationApproved | GateDecided } =>
  isGateDecision(handover)
    ? { id: handover.gateId, message: { type: 'gate.decided', timestamp, data: handover } }
    : { id: handover.operationId, message: { type: 'operation.approved', timestamp, data: handover } };

const said = (text: string): string => {
  const refusal = Refusal.safeParse(json(text)).data;
  return refusal === undefined ? '' : `: ${refusal.message}`;
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
