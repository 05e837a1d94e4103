import { complaintAboutName, complaintAboutTag } from '../../../../forge-app/order/check-name-and-tags';

test('what is reserved, and what AWS takes no tag with, is said of each tag', () => {
  for (const key of ['aws:x', 'AWS:x', 'gatehouse:x', 'Gatehouse:x'])
    expect(complaintAboutTag(key, 'me')).toMatch(/reserved/);
  for (const [key, value] of [
    ['x|y', 'me'],
    ['x', ''],
  ] as const)
    expect(complaintAboutTag(key, value)).toMatch(/letters, digits/);
  for (const key of ['team', 'my-aws:x', 'awsome', 'aws'])
    expect(complaintAboutTag(key, 'me')).toBeUndefined();
});

test('a name is what AWS takes as one', () => {
  expect(complaintAboutName('invoices-2026')).toBeUndefined();
  expect(complaintAboutName('my bucket')).toMatch(/start with a letter or digit/);
});
