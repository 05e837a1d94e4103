import { seal } from '../../../../aws-bridge/contract/codec';
import { verify } from '../../../../aws-bridge/contract/signature';
import { createSigningKeys, parseSigningKeys } from '../../../../aws-bridge/runtime/signing-keys';
import { NOW, OTHER_SECRET, SECRET } from './messages';

const MINUTE = 60_000;

const setUp = (answers: (string | Error)[]) => {
  let time = NOW.getTime();
  let readings = 0;
  const keys = createSigningKeys({
    readSecret: () => {
      const answer = answers[Math.min(readings++, answers.length - 1)];
      return typeof answer === 'string'
        ? Promise.resolve(answer)
        : Promise.reject(answer ?? new Error('none'));
    },
    now: () => new Date(time),
  });
  return { keys, readings: () => readings, pass: (milliseconds: number) => void (time += milliseconds) };
};

const stored = (current: string, previous?: string) => JSON.stringify({ current, previous });

test('the current key comes first, the previous one after it', () => {
  const [current, previous] = parseSigningKeys(stored(SECRET, OTHER_SECRET));
  expect(current?.export().equals(Buffer.alloc(32, 7))).toBe(true);
  expect(previous?.export().equals(Buffer.alloc(32, 8))).toBe(true);
});

test('a message signed with either key of a rotation verifies', () => {
  const keys = parseSigningKeys(stored(SECRET, OTHER_SECRET));
  for (const key of keys) {
    const { headers, body } = seal({ id: 'launch-1', at: NOW, content: {}, key });
    expect(verify({ headers: { ...headers }, body: Buffer.from(body), keys, now: NOW })).toEqual({
      id: 'launch-1',
    });
  }
});

test.each([
  ['text that is not JSON', SECRET],
  ['a missing current key', JSON.stringify({ previous: SECRET })],
  ['a key that is no Standard Webhooks secret', JSON.stringify({ current: SECRET.slice(6) })],
  ['a previous key that is too short', stored(SECRET, `whsec_${Buffer.alloc(8, 7).toString('base64')}`)],
])('%s is refused without being quoted', (_, text) => {
  const refuse = () => parseSigningKeys(text);
  expect(refuse).toThrow(/webhook secret/i);
  try {
    refuse();
  } catch (error) {
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(SECRET.slice(6, 20));
  }
});

test('keys are read once in five minutes', async () => {
  const { keys, readings, pass } = setUp([stored(SECRET)]);
  await keys();
  pass(5 * MINUTE - 1);
  await keys();
  expect(readings()).toBe(1);
  pass(1);
  await keys();
  expect(readings()).toBe(2);
});

test('whoever asks at the same time shares one reading', async () => {
  const { keys, readings } = setUp([stored(SECRET)]);
  await Promise.all([keys(), keys(), keys()]);
  expect(readings()).toBe(1);
});

test('known keys go on serving while the secret cannot be read, and a new reading follows soon', async () => {
  const { keys, readings, pass } = setUp([stored(SECRET), new Error('no answer'), stored(OTHER_SECRET)]);
  const [before] = await keys();
  pass(5 * MINUTE);
  expect((await keys())[0]).toBe(before);
  expect((await keys())[0]).toBe(before);
  expect(readings()).toBe(2);
  pass(10_000);
  expect((await keys())[0]?.export().equals(Buffer.alloc(32, 8))).toBe(true);
});

test('a first reading that fails is told, and the next one is tried at once', async () => {
  const { keys } = setUp([new Error('no answer'), stored(SECRET)]);
  await expect(keys()).rejects.toThrow('no answer');
  await expect(keys()).resolves.toHaveLength(1);
});
