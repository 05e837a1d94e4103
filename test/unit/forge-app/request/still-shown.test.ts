import { digestOf } from '../../../../aws-bridge/contract/order';
import type { Fixed } from '../../../../forge-app/request/record';
import { shownSince } from '../../../../forge-app/request/still-shown';
import { aRequest } from './a-request';

const aFixed = (): Fixed => {
  const { fixed } = aRequest();
  if (!fixed) throw new Error('the order of a request is fixed');
  return fixed;
};
const created = new Date('2026-01-15T09:00:00.000Z');
const shownAs = (body: string) => shownSince(aFixed(), [{ created, body, public: true, edited: false }]);

test('an order that an earlier version of the app showed, laid out otherwise, is shown: its digest tells', () => {
  const fixed = aFixed();
  if (fixed.kind !== 'launch') throw new Error('the order of this request is one of a launch');
  expect(
    shownAs(`Shall this be launched?\n\nName: invoices\n\nDigest: ${digestOf(fixed.order)}\n\nThanks.`),
  ).toEqual(created);
  expect(shownAs(`Digest: ${digestOf({ ...fixed.order, name: 'other' })}`)).toBeNull();
  expect(shownAs('Name: invoices')).toBeNull();
});
