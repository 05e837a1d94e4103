import { PERSON } from '../../../sandbox/site';
import { aSite } from './tiny-app';

test('a resolver is told who calls it, and its platform calls are that invocation’s', async () => {
  const atlassian = await aSite(({ resolver, storage }) => {
    const definitions = new resolver.default();
    definitions.define('remember', async ({ payload, context }) => {
      await storage.kvs.set('by', { accountId: context['accountId'] as string, payload: payload as string });
      return { stored: true };
    });
    return { resolve: definitions.getDefinitions() };
  });
  const call = { as: 'employee', resolver: 'resolve', functionKey: 'remember', payload: 'hello' } as const;
  expect(await atlassian.callResolver(call)).toEqual({ kind: 'returned', result: { stored: true } });
  expect(atlassian.storage.get('plain', 'by')).toMatchObject({
    value: { accountId: PERSON.employee, payload: 'hello' },
  });
});

test('a function that the resolver does not define is refused', async () => {
  const atlassian = await aSite(({ resolver }) => ({ resolve: new resolver.default().getDefinitions() }));
  const call = { as: 'employee', resolver: 'resolve', functionKey: 'unheard-of' } as const;
  expect(await atlassian.callResolver(call)).toMatchObject({ kind: 'threw' });
});
