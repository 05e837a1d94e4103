/**
 * Tags that everything launched from the portfolio carries, whoever launches it. One value a key: a TagOption with one
 * value is applied by itself, one with several would have to be chosen, and an order that leaves it out is refused.
 */
export const TAG_OPTIONS: Readonly<Record<string, string>> = { 'managed-by': 'gatehouse' };
