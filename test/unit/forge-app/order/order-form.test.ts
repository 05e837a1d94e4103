import fc from 'fast-check';
import { readOrderForm } from '../../../../forge-app/order/order-form';
import { anOrderForm } from '../../../builders/orders';

const form = anOrderForm();
const fields = Object.entries(form).map(([key, value]) => ({ key, value }));

test.each([
  ['the form itself', form],
  ['fields as the panel submits them', { fields, isValid: true }],
  ['a list of fields', fields],
  ['one field that holds the form', { fields: [{ key: 'order', value: form }] }],
  ['one field that holds the form as text', [{ key: 'order', value: JSON.stringify(form) }]],
  [
    'fields whose structure is text',
    fields.map(({ key, value }) => ({
      key,
      value: typeof value === 'object' ? JSON.stringify(value) : value,
    })),
  ],
])('%s is read', (_, value) => {
  expect(readOrderForm(value)).toEqual({ outcome: 'read', form });
});

test.each([[undefined], [null], [[]], [{ fields: [] }]])('%j is no order', (value) => {
  expect(readOrderForm(value)).toEqual({ outcome: 'absent' });
});

test.each([
  ['nothing in it', {}],
  ['text', 'prod-bucket'],
  ['a number', 7],
  ['a missing member', { ...form, account: undefined }],
  ['a member too many', { ...form, requester: 'somebody-else' }],
  ['a parameter that is no text', { ...form, parameters: { Count: 3 } }],
  ['a list of something else', [1, 2]],
  [
    'too many parameters',
    { ...form, parameters: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`P${i}`, ''])) },
  ],
])('%s is malformed', (_, value) => {
  expect(readOrderForm(value)).toMatchObject({ outcome: 'malformed' });
});

test('a field that is there twice is refused: which one was meant cannot be told', () => {
  const reading = readOrderForm([...fields, { key: 'account', value: '100000000004' }]);
  expect(reading).toEqual({
    outcome: 'malformed',
    problems: [{ field: 'form', message: 'The order form holds the same field twice.' }],
  });
});

test('a problem names the place', () => {
  expect(readOrderForm({ ...form, region: 1 })).toMatchObject({ problems: [{ field: 'region' }] });
});

test('nothing makes reading throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(['read', 'absent', 'malformed']).toContain(readOrderForm(value).outcome);
    }),
  );
});
