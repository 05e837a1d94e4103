import { z } from 'zod';
import { type Choices, ChoosableType } from '../../../aws-bridge/contract/choices';
import { BridgeUnavailable } from '../../bridge/bridge';
import type { ChoicesQuestion } from '../../choices/known-choices';
import { ok, refused } from '../answer';
import type { PageCall } from '../page-resolver';
import type { Visitor } from '../visitor';
import type { ChoicesAsked, ChoicesShown } from './choices-view';
import type { OfferedTo } from './offered';

const Asked: z.ZodType<ChoicesAsked> = z.strictObject({
  productId: z.string().max(128),
  account: z.string().max(128),
  region: z.string().max(128),
  types: z.array(ChoosableType).min(1).max(ChoosableType.options.length),
});

interface Ports {
  readonly offeredTo: OfferedTo;
  /** @throws BridgeUnavailable */
  readonly choicesOf: (visitor: Visitor, question: ChoicesQuestion) => Promise<readonly Choices[]>;
}

/**
 * What a form may choose from in a tenant account. It is looked up only for somebody who could order the product there:
 * nobody else learns what things in an account are called, or whether there is one.
 */
export const createChoicesCalls = ({ offeredTo, choicesOf }: Ports): Readonly<Record<string, PageCall>> => ({
  'order-form.choices': async (visitor, payload) => {
    const { productId, account, region, types } = Asked.parse(payload);
    const offered = await offeredTo(visitor);
    if (offered.outcome !== 'ours') {
      return refused(offered.outcome === 'not-set-up' ? 'not-set-up' : 'not-yours');
    }
    if (!offered.productIds.includes(productId)) return refused('not-yours');
    const usable = offered.accounts.some(({ id, regions }) => id === account && regions.includes(region));
    if (!usable) return refused('not-yours');
    try {
      const choices = await choicesOf(visitor, { account, region, types: [...new Set(types)] });
      return ok<ChoicesShown>({ choices });
    } catch (error) {
      if (error instanceof BridgeUnavailable) return refused('unavailable', { detail: error.message });
      throw error;
    }
  },
});
