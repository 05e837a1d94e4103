import fc from 'fast-check';
import { concurrently } from '../../../../aws-bridge/runtime/concurrently';

test('results keep the order of the items and never more than the limit are under way', () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.nat(5), { maxLength: 30 }),
      async (limit, turns) => {
        let underWay = 0;
        let most = 0;
        const results = await concurrently(limit, turns, async (turn) => {
          most = Math.max(most, ++underWay);
          for (let waited = 0; waited < turn; waited++) await Promise.resolve();
          underWay--;
          return turn;
        });
        expect(results).toEqual(turns);
        expect(most).toBeLessThanOrEqual(limit);
      },
    ),
  ));

test('after a failure nothing more begins', async () => {
  const begun: number[] = [];
  const work = concurrently(1, [1, 2, 3], (item) => {
    begun.push(item);
    return item === 2 ? Promise.reject(new Error('two failed')) : Promise.resolve(item);
  });
  await expect(work).rejects.toThrow('two failed');
  expect(begun).toEqual([1, 2]);
});
