import { ConditionFailed, createIdempotencyTable } from '../../simulation/baselines/idempotency-table';

const TABLE = 'idempotency';
/** As Powertools writes it. */
const CONDITION =
  'attribute_not_exists(#id) OR #expiry < :now OR (#status = :inprogress AND attribute_exists(#in_progress_expiry) AND #in_progress_expiry < :now_in_millis)';

const aPut = (item: object, now = 1_000) => ({
  TableName: TABLE,
  Item: { id: { S: 'one' }, ...item },
  ConditionExpression: CONDITION,
  ExpressionAttributeNames: {
    ...{ '#id': 'id', '#expiry': 'expiration', '#status': 'status' },
    '#in_progress_expiry': 'in_progress_expiration',
  },
  ExpressionAttributeValues: {
    ...{ ':now': { N: String(now) }, ':now_in_millis': { N: String(now * 1000) } },
    ':inprogress': { S: 'INPROGRESS' },
  },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});

const tableWith = (item: object) => {
  const table = createIdempotencyTable(TABLE);
  table.call('PutItem', aPut(item));
  return table;
};

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

test('a record is written where there is none', () => {
  const table = tableWith({ status: { S: 'INPROGRESS' } });
  expect(table.items.get('one')).toEqual({ id: { S: 'one' }, status: { S: 'INPROGRESS' } });
});

test.each([
  ['that is complete', { expiration: { N: '2000' }, status: { S: 'COMPLETED' } }],
  [
    'in progress that has not expired',
    {
      expiration: { N: '2000' },
      status: { S: 'INPROGRESS' },
      in_progress_expiration: { N: '1000000' },
    },
  ],
  ['in progress without an expiry', { expiration: { N: '2000' }, status: { S: 'INPROGRESS' } }],
  [
    'that is complete, whatever its progress once was',
    { expiration: { N: '2000' }, status: { S: 'COMPLETED' }, in_progress_expiration: { N: '1' } },
  ],
])('a record %s is kept, and handed to whoever wanted to write', (_which, there) => {
  const table = tableWith(there);
  const write = () => table.call('PutItem', aPut({ status: { S: 'INPROGRESS' } }));
  expect(thrownBy(write)).toEqual(new ConditionFailed({ id: { S: 'one' }, ...there }));
  expect(thrownBy(write)).toMatchObject({ item: { id: { S: 'one' }, ...there } });
  expect(table.items.get('one')).toMatchObject(there);
});

test.each([
  ['a record that has expired', { expiration: { N: '999' }, status: { S: 'COMPLETED' } }],
  [
    'a record whose time in progress is over',
    {
      expiration: { N: '2000' },
      status: { S: 'INPROGRESS' },
      in_progress_expiration: { N: '999999' },
    },
  ],
])('%s is written over', (_which, there) => {
  const table = tableWith(there);
  table.call('PutItem', aPut({ status: { S: 'anew' } }));
  expect(table.items.get('one')).toEqual({ id: { S: 'one' }, status: { S: 'anew' } });
});

test('an update sets what it names and leaves the rest', () => {
  const table = tableWith({ status: { S: 'INPROGRESS' }, expiration: { N: '2000' } });
  table.call('UpdateItem', {
    ...{ TableName: TABLE, Key: { id: { S: 'one' } } },
    UpdateExpression: 'SET #status = :status',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':status': { S: 'COMPLETED' } },
  });
  expect(table.items.get('one')).toEqual({
    ...{ id: { S: 'one' }, status: { S: 'COMPLETED' }, expiration: { N: '2000' } },
  });
});

test('what is deleted is not there', () => {
  const table = tableWith({});
  table.call('DeleteItem', { TableName: TABLE, Key: { id: { S: 'one' } } });
  expect(
    table.call('GetItem', { TableName: TABLE, Key: { id: { S: 'one' } }, ConsistentRead: true }),
  ).toEqual({});
});

test.each([
  ['begins_with(#id, :now)', 'another function'],
  ['#expiry <= :now', 'another comparison'],
  ['NOT #expiry < :now', 'a negation'],
  ['(#expiry < :now', 'a parenthesis that is not closed'],
  ['#expiry < :now #id', 'something after its end'],
  ['#expiry < :unknown', 'a value that nobody has given'],
])('the condition "%s" is an error: %s', (ConditionExpression) => {
  const table = tableWith({});
  expect(() => table.call('PutItem', { ...aPut({}), ConditionExpression })).toThrow(/does not model/);
});

test.each([
  ['Query', { TableName: TABLE }],
  ['GetItem', { TableName: TABLE, Key: { id: { S: 'one' } } }],
  ['DeleteItem', { TableName: TABLE, Key: { id: { S: 'one' } }, ReturnValues: 'ALL_OLD' }],
  ['GetItem', { TableName: 'another', Key: { id: { S: 'one' } }, ConsistentRead: true }],
])('%s with %j is an error', (operation, input) => {
  expect(() => createIdempotencyTable(TABLE).call(operation, input)).toThrow();
});
