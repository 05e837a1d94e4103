import type { FixedOrder } from '../order/fix-order';
import type { ShownOrder } from './record';

/** What a version asks for and creates, and where, as far as people read it to decide. */
export const shownOrder = ({ version, account }: FixedOrder): ShownOrder => {
  const { parameters, resourceTypes, capabilities } = version.described;
  const resources: Record<string, number> = {};
  for (const type of resourceTypes) resources[type] = (resources[type] ?? 0) + 1;
  return {
    accountName: account.name,
    parameters: parameters.map((parameter) => ({
      key: parameter.key,
      label: parameter.label ?? parameter.key,
      hidden: parameter.noEcho,
      default: parameter.noEcho ? null : (parameter.default ?? null),
    })),
    resources,
    capabilities: [...capabilities],
  };
};
