import type { APIResponse } from '@forge/api';
import { createServiceDesks } from '../../../../forge-app/jira/service-desk';

/** A service desk that finds these customers, whatever is searched for. */
const finding = (customers: readonly { readonly accountId: string; readonly emailAddress?: string }[]) =>
  createServiceDesks({
    // The address stands in for its answer: all that takes it is `read` below.
    requestJira: (path) => Promise.resolve(path.value as unknown as APIResponse),
    read: async (schema, _what, answer) => {
      const { searchParams } = new URL((await answer) as unknown as string, 'https://site.example');
      const start = Number(searchParams.get('start'));
      const values = customers.slice(start, start + 50);
      return schema.parse({ isLastPage: start + values.length >= customers.length, values });
    },
    readUnlessSame: () => Promise.reject(new Error('Nothing here is read unless it is the same')),
    done: () => Promise.resolve(),
  });

const ANN = { accountId: 'ann', emailAddress: 'Ann@Example.com' };
const others = (count: number) => Array.from({ length: count }, (_, index) => ({ accountId: `c${index}` }));

test('a customer is known by an address that one of them has, whatever its case', async () => {
  const wanted = 'ann@example.com';
  expect(await finding([...others(199), ANN]).customerWith('1', wanted)).toBe('ann');
  expect(await finding([ANN, { ...ANN, accountId: 'another' }]).customerWith('1', wanted)).toBeUndefined();
  expect(await finding(others(3)).customerWith('1', wanted)).toBeUndefined();
});

test('among more customers than are read, nobody is taken for the only one with an address', async () => {
  expect(await finding([ANN, ...others(200)]).customerWith('1', 'ann@example.com')).toBeUndefined();
});
