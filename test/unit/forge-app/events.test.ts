import { WebTriggerRequest } from '../../../forge-app/events';

test('a request to the web trigger is read as it was sent', () => {
  const request = { method: 'PUT', body: '{}', headers: { 'webhook-id': ['1'] } };
  expect(WebTriggerRequest.parse({ ...request, path: '/x1/a' })).toEqual(request);
});

test.each([
  [undefined],
  [null],
  ['text'],
  [{}],
  [{ method: 'POST' }],
  [{ method: 'POST', body: null, headers: null }],
  [{ method: 'POST', body: { a: 1 }, headers: [] }],
  [{ method: null, body: 7, headers: { 'webhook-id': 7, 'webhook-signature': null } }],
])('a request of another shape is one that carries no signature: %j', (event) => {
  const { method, body, headers } = WebTriggerRequest.parse(event);
  expect({ method, body }).toEqual({ method: 'POST', body: '' });
  expect(Object.values(headers).flat()).toStrictEqual([]);
});

test('a header with a single value is a list of one', () => {
  expect(WebTriggerRequest.parse({ headers: { a: 'b' } }).headers).toEqual({ a: ['b'] });
});
