import { createConnectionSecrets } from '../../../../forge-app/connection/connection-secrets';
import { KeptSecrets } from '../../../../forge-app/connection/rotation';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const NOW = '2026-01-15T09:00:00.000Z';

const aStore = (env: Record<string, string> = {}) => {
  const kept = new Map<string, KeptSecrets>();
  let drawn = 0;
  let forgotten = 0;
  const secrets = createConnectionSecrets({
    env,
    store: {
      read: (direction) => Promise.resolve(kept.get(direction) ?? {}),
      write: (direction, value) => {
        // Must survive the storage's own form.
        kept.set(direction, KeptSecrets.parse(JSON.parse(JSON.stringify(value))));
        return Promise.resolve();
      },
    },
    inTurn: (_direction, act) => act(),
    changed: () => void (forgotten += 1),
    randomBytes: (count) => Buffer.alloc(count, (drawn += 1)),
    now: () => new Date(NOW),
  });
  return { secrets, kept, forgottenTimes: () => forgotten };
};

test('the first secret holds at once, and is told once where it was generated', async () => {
  const { secrets, kept, forgottenTimes } = aStore();
  const changed = await secrets.bringIn('to-bridge', null);
  if (changed.outcome !== 'done' || changed.generated === null) throw new Error('expected a secret');
  expect(kept.get('to-bridge')?.current?.secret).toBe(changed.generated);
  expect(forgottenTimes()).toBe(1);
  expect(await secrets.state('to-bridge')).toEqual({ source: 'stored', since: NOW, next: null });
  expect(JSON.stringify(await secrets.state('to-bridge'))).not.toContain('whsec_');
  expect(await secrets.state('from-bridge')).toEqual({ source: 'missing', since: null, next: null });
});

test('a secret that was entered is not told back, and what is none is not stored', async () => {
  const { secrets, kept } = aStore();
  expect(await secrets.bringIn('to-bridge', ` ${SECRET} `)).toMatchObject({
    outcome: 'done',
    generated: null,
  });
  expect(kept.get('to-bridge')?.current?.secret).toBe(SECRET);
  expect(await secrets.bringIn('from-bridge', 'hunter2')).toEqual({ outcome: 'malformed' });
  expect(kept.has('from-bridge')).toBe(false);
});

test('a second secret follows the first until somebody switches over', async () => {
  const { secrets, kept } = aStore();
  await secrets.bringIn('to-bridge', SECRET);
  const changed = await secrets.bringIn('to-bridge', null);
  if (changed.outcome !== 'done' || !changed.state.next) throw new Error('expected an exchange');
  expect(kept.get('to-bridge')).toMatchObject({
    current: { secret: SECRET },
    next: { secret: changed.generated },
  });
  expect(await secrets.bringIn('to-bridge', null)).toEqual({ outcome: 'changed' });
  expect(await secrets.switchOver('to-bridge', 'another')).toEqual({ outcome: 'changed' });
  await secrets.switchOver('to-bridge', changed.state.next.id);
  expect(kept.get('to-bridge')?.current?.secret).toBe(changed.generated);
  expect(kept.get('to-bridge')?.next).toBeUndefined();
});

test('a secret that follows one of the deployment can be given up, and that one holds again', async () => {
  const { secrets, kept } = aStore({ GATEHOUSE_WEBHOOK_SECRET: SECRET });
  const changed = await secrets.bringIn('to-bridge', null);
  expect(changed).toMatchObject({ state: { source: 'deployed', next: { since: NOW } } });
  const id = (await secrets.state('to-bridge')).next?.id ?? '';
  await secrets.giveUp('to-bridge', id);
  expect(kept.get('to-bridge')).toEqual({});
  expect(await secrets.state('to-bridge')).toMatchObject({ source: 'deployed', next: null });
});
