import { resultOf } from '../../../../forge-app/request/result';
import { aProgress, aRequest } from './a-request';

test('the name of an output is shortened as every other text is, and never within a character', () => {
  const outputs = [
    { key: 'Url', value: 'https://bucket.example' },
    { key: `${'k'.repeat(298)}🔑${'k'.repeat(9)}`, value: 'a' },
  ];
  const kept = resultOf(aProgress({ state: 'succeeded', outputs }), aRequest()).outputs;
  expect(kept.map(({ key }) => key)).toEqual(['Url', `${'k'.repeat(298)}\ufffd…`]);
  expect(kept.every(({ key }) => key.isWellFormed())).toBe(true);
});
