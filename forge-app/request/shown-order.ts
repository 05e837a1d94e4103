import { countedByType } from '../order/created-resources';
import type { FixedOrder } from '../order/fix-order';
import type { ShownOrder } from './record';

/** What a version asks for and creates, and where, as far as people read it to decide. */
export const shownOrder = ({ version, account }: FixedOrder): ShownOrder => {
  const { parameters, resourceTypes, capabilities } = version.described;
  return {
    accountName: account.name,
    parameters: parameters.map((parameter) => ({
      key: parameter.key,
      label: parameter.label ?? parameter.key,
      hidden: parameter.noEcho,
      default: parameter.noEcho ? null : (parameter.default ?? null),
    })),
    resources: countedByType(resourceTypes),
    capabilities: [...capabilities],
  };
};
