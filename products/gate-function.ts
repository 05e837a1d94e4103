/** The function in the hub account, in every region, that takes a stack's wish for an approval. */
export const GATE_FUNCTION = 'gatehouse-gate';
