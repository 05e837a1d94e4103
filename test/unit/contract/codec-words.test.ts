import { open } from '../../../aws-bridge/contract/codec';
import { Accepted } from '../../../aws-bridge/contract/messages';
import { aKey, aSignedMessage, NOW } from '../../builders/signed-messages';

/* Nothing else is loaded here: another part of a program may set the words of the whole process. */
test('a side that has nothing but the contract says in words, too, what is wrong', () => {
  const message = { ...aSignedMessage({ body: '{"operationId":42}' }), keys: [aKey(1)], now: NOW };
  expect(() => open(Accepted, message)).toThrow(
    'The message is malformed: operationId: Invalid input: expected string, received number',
  );
});
