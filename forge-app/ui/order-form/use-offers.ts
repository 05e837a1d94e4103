import { useCallback, useEffect, useState } from 'react';
import type { Refusal } from '../../pages/answer';
import type { Described, ProductOffer } from '../../pages/order-form/view';
import { call } from '../answer';

type Offer = Omit<ProductOffer, 'described'>;

export interface Offers {
  readonly offer: Offer | undefined;
  /** The version that is chosen, or else the newest. */
  readonly versionId: string | undefined;
  readonly described: Described | undefined;
  readonly refusal: Refusal | undefined;
  readonly asking: boolean;
  readonly again: () => Promise<void>;
}

/** What is known of products and versions: what was told once is not asked for again. */
export const useOffers = (
  first: ProductOffer | null,
  productId: string | undefined,
  chosenVersion: string | undefined,
): Offers => {
  const [offers, setOffers] = useState<Readonly<Record<string, Offer>>>(first ? { [first.id]: first } : {});
  const [known, setKnown] = useState<Readonly<Record<string, Described>>>(
    first ? { [first.described.versionId]: first.described.as } : {},
  );
  const [refusal, setRefusal] = useState<Refusal>();
  const [asking, setAsking] = useState(false);

  const offer = productId === undefined ? undefined : offers[productId];
  const versionId = offer?.versions.find(({ id }) => id === chosenVersion)?.id ?? offer?.versions[0]?.id;
  const described = versionId === undefined ? undefined : known[versionId];

  const again = useCallback(async () => {
    if (productId === undefined) return;
    setAsking(true);
    setRefusal(undefined);
    const answer = await call<ProductOffer>('order-form.describe', {
      productId,
      ...(versionId !== undefined && { versionId }),
    });
    setAsking(false);
    if (answer.outcome === 'refused') {
      setRefusal(answer);
      return;
    }
    setOffers((before) => ({ ...before, [answer.value.id]: answer.value }));
    setKnown((before) => ({ ...before, [answer.value.described.versionId]: answer.value.described.as }));
  }, [productId, versionId]);

  const isMissing = productId !== undefined && described === undefined;
  useEffect(() => {
    if (isMissing) void again();
  }, [isMissing, again]);

  return { offer, versionId, described, refusal, asking, again };
};
