import { LaunchName, TagKey, TagValue } from '../../aws-bridge/contract/order-words';
import { orderChecks, type OrderChecks } from '../texts/en/order-checks';

/** Service Catalog's limit. */
const MAX_TAGS = 50;

/** Tags that a requester may give: the last one names the request. */
export const MOST_TAGS = MAX_TAGS - 1;

/** What is wrong with what people are to call it; undefined where nothing is. */
export const complaintAboutName = (name: string, words: OrderChecks = orderChecks): string | undefined =>
  LaunchName.safeParse(name).success ? undefined : words.badName;

/** What is wrong with one tag; undefined where nothing is. */
export const complaintAboutTag = (
  key: string,
  value: string,
  words: OrderChecks = orderChecks,
): string | undefined => {
  if (/^(?:aws|gatehouse):/i.test(key)) return words.reservedTag;
  return TagKey.safeParse(key).success && TagValue.safeParse(value).success ? undefined : words.badTag;
};
