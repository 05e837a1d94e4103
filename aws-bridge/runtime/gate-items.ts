import * as z from 'zod/mini';
import type { GateId } from '../contract/gate';
import type { Digest } from '../contract/order';
import { NOT_LATER, ROUND_NAME, unlessConditional } from './conditions';
import { DownstreamFailed } from './downstream';
import type { TableCall } from './table';

/** What became of a gate: decided by an approver, or ended by the operation. The first one written stands. */
export const Settlement = z.object({
  outcome: z.enum(['approved', 'declined', 'expired', 'withdrawn']),
  at: z.string(),
  /** Who decided, and on which request. */
  by: z.optional(z.string()),
  requestKey: z.optional(z.string()),
  reason: z.optional(z.string()),
});
export type Settlement = z.infer<typeof Settlement>;

/** A gate as the table keeps it. */
export interface GateItem {
  readonly digest: Digest;
  /** Of the operation, while it waits. */
  readonly callbackId: string | undefined;
  readonly settlement: Settlement | undefined;
}

/** What waits for a gate's decision in one round of its operation. */
export interface Registration {
  readonly callbackId: string;
  readonly round: number;
}

/** Seconds that an item outlives its gate's deadline, so that a late decision is told that it came too late. */
const KEPT_FOR = 30 * 86_400;

const text = z.object({ S: z.string() });
const Item = z.object({
  digest: text,
  callbackId: z.optional(text),
  outcome: z.optional(text),
  settledAt: z.optional(text),
  by: z.optional(text),
  requestKey: z.optional(text),
  reason: z.optional(text),
});
const Got = z.object({ Item: z.optional(Item) });
const Updated = z.object({ Attributes: Item });

const epochSeconds = (at: Date): string => String(Math.floor(at.getTime() / 1000));

/**
 * The gates in the waiters' table. A gate's item is the arbiter between a decision and the gate's end: both sides write
 * with the same condition, and whoever comes second reads what the first wrote.
 *
 * Every method throws what the call throws.
 */
export const createGateItems = (call: TableCall) => {
  const key = (gateId: GateId) => ({ Key: { key: { S: gateId } } });

  const read = async (gateId: GateId): Promise<GateItem | undefined> => {
    const { Item: item } = understood(Got, await call('GetItem', { ...key(gateId), ConsistentRead: true }));
    return item && gateItem(item);
  };

  return {
    read,

    /** Puts a gate in; one that is there already stays as it is. */
    keep: async (gate: {
      readonly gateId: GateId;
      readonly digest: Digest;
      readonly stack: string;
      readonly deadline: Date;
    }): Promise<void> => {
      const deadline = epochSeconds(gate.deadline);
      const put = call('PutItem', {
        Item: {
          key: { S: gate.gateId },
          digest: { S: gate.digest },
          stack: { S: gate.stack },
          deadline: { N: deadline },
          expiresAt: { N: String(Number(deadline) + KEPT_FOR) },
        },
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': 'key' },
      });
      await put.catch(unlessConditional);
    },

    /** Says which callback a decision is to complete. A gate that is not there is left alone, as is one that a later round waits for. */
    register: async (gateId: GateId, { callbackId, round }: Registration): Promise<void> => {
      const update = call('UpdateItem', {
        ...key(gateId),
        UpdateExpression: 'SET callbackId = :callback, #round = :round',
        ConditionExpression: `attribute_exists(#key) AND (${NOT_LATER})`,
        ExpressionAttributeNames: { '#key': 'key', ...ROUND_NAME },
        ExpressionAttributeValues: { ':callback': { S: callbackId }, ':round': { N: String(round) } },
      });
      await update.catch(unlessConditional);
    },

    /**
     * Settles a gate, unless it is settled.
     * @param only for a decision: the gate that it is about, and the moment, which has to be before the deadline
     * @returns whether this settled it, and the gate as it then is; undefined for one that is not there
     */
    settle: async (
      gateId: GateId,
      settlement: Settlement,
      only?: { readonly digest: Digest; readonly now: Date },
    ): Promise<{ readonly settled: boolean; readonly gate: GateItem | undefined }> => {
      const { outcome, at, by, requestKey, reason } = settlement;
      const members = Object.entries({ outcome, settledAt: at, by, requestKey, reason }).flatMap(
        ([name, value]) => (value === undefined ? [] : [[name, value] as const]),
      );
      const conditions = [
        'attribute_exists(#key)',
        'attribute_not_exists(#outcome)',
        ...(only ? ['#digest = :digest', '#deadline > :now'] : []),
      ];
      try {
        const answer = await call('UpdateItem', {
          ...key(gateId),
          UpdateExpression: `SET ${members.map(([name]) => `#${name} = :${name}`).join(', ')}`,
          ConditionExpression: conditions.join(' AND '),
          ExpressionAttributeNames: {
            '#key': 'key',
            ...Object.fromEntries(members.map(([name]) => [`#${name}`, name])),
            ...(only && { '#digest': 'digest', '#deadline': 'deadline' }),
          },
          ExpressionAttributeValues: {
            ...Object.fromEntries(members.map(([name, value]) => [`:${name}`, { S: value }])),
            ...(only && { ':digest': { S: only.digest }, ':now': { N: epochSeconds(only.now) } }),
          },
          ReturnValues: 'ALL_NEW',
        });
        return { settled: true, gate: gateItem(understood(Updated, answer).Attributes) };
      } catch (error) {
        unlessConditional(error);
        return { settled: false, gate: await read(gateId) };
      }
    },
  };
};
export type GateItems = ReturnType<typeof createGateItems>;

const gateItem = (item: z.infer<typeof Item>): GateItem => ({
  digest: item.digest.S,
  callbackId: item.callbackId?.S,
  settlement: Settlement.safeParse({
    outcome: item.outcome?.S,
    at: item.settledAt?.S,
    ...(item.by && { by: item.by.S }),
    ...(item.requestKey && { requestKey: item.requestKey.S }),
    ...(item.reason && { reason: item.reason.S }),
  }).data,
});

/** @throws DownstreamFailed */
const understood = <Schema extends z.ZodMiniType>(schema: Schema, answer: unknown): z.infer<Schema> => {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new DownstreamFailed('dynamodb', parsed.error);
};
