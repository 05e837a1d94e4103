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

interface Told {
  readonly offers: Readonly<Record<string, Offer>>;
  /** By version. */
  readonly known: Readonly<Record<string, Described>>;
}

const toldOf = (offer: ProductOffer): Told => ({
  offers: { [offer.id]: offer },
  known: { [offer.described.versionId]: offer.described.as },
});

/** What is known of products and versions: what was told once is not asked for again. */
export const useOffers = (
  first: ProductOffer | null,
  productId: string | undefined,
  chosenVersion: string | undefined,
): Offers => {
  const [told, setTold] = useState<Told>(() => (first ? toldOf(first) : { offers: {}, known: {} }));
  const [refusal, setRefusal] = useState<Refusal>();
  const [asking, setAsking] = useState(false);

  const offer = productId === undefined ? undefined : told.offers[productId];
  const versionId = offer?.versions.find(({ id }) => id === chosenVersion)?.id ?? offer?.versions[0]?.id;
  const described = versionId === undefined ? undefined : told.known[versionId];

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
    const { offers, known } = toldOf(answer.value);
    setTold((before) => ({
      offers: { ...before.offers, ...offers },
      known: { ...before.known, ...known },
    }));
  }, [productId, versionId]);

  const isMissing = productId !== undefined && described === undefined;
  useEffect(() => {
    if (isMissing) void again();
  }, [isMissing, again]);

  // What was refused of a product says nothing of another.
  return { offer, versionId, described, refusal: isMissing ? refusal : undefined, asking, again };
};
