import * as z from 'zod/mini';
import {
  AnswerNotUnderstood,
  AwsFailure,
  awsFailure,
  isOfItsCredentials,
  isUnknownCredentials,
} from '../../../../aws-bridge/operation/aws-failure';

/** What the SDK throws: an error with what it knows of the answer. */
const thrown = (name: string, known: object = {}, message = 'words'): Error =>
  Object.assign(new Error(message), { name, ...known });
const answered = (name: string, httpStatusCode = 400, more: object = {}) =>
  thrown(name, { $fault: 'client', $metadata: { httpStatusCode }, ...more });
const translated = (error: unknown): unknown => awsFailure('servicecatalog', error);
const said = (error: unknown) => {
  const failure = translated(error);
  return failure instanceof AwsFailure ? [failure.code, failure.transient] : failure;
};

test('what AWS refused is told with its real name and its words, and says no more to a history', () => {
  const failure = translated(answered('ResourceNotFoundException'));
  expect(failure).toBeInstanceOf(AwsFailure);
  expect(failure).toMatchObject({
    name: 'AwsFailure',
    message: 'servicecatalog: ResourceNotFoundException',
    service: 'servicecatalog',
    code: 'ResourceNotFoundException',
    words: 'words',
    transient: false,
  });
});

test.each([
  [500, 'InternalFailure', true],
  [500, 'LimitExceededException', true],
  [501, 'NotImplemented', true],
  [503, 'ServiceUnavailable', true],
  [499, 'ClientClosedRequest', false],
  [429, 'LimitExceededException', true],
  [428, 'Whatever', false],
  [408, 'Whatever', true],
  [400, 'ThrottlingException', true],
  [400, 'RequestTimeout', true],
  [400, 'ExpiredToken', true],
  [400, 'ExpiredTokenException', true],
  [400, 'RequestExpired', true],
  [403, 'InvalidSignatureException', true],
  [403, 'SignatureDoesNotMatch', true],
  [400, 'RequestInTheFuture', true],
  [403, 'RequestTimeTooSkewed', true],
  // A quota, which time does not raise, although the SDK takes it for throttling.
  [400, 'LimitExceededException', false],
  [400, 'AccessDeniedException', false],
  [403, 'InvalidClientTokenId', false],
])('an answer %d that is called %s may pass or not', (status, name, transient) => {
  expect(said(answered(name, status))).toEqual([name, transient]);
});

test.each<[string, Error, string]>([
  ['no answer in time', thrown('TimeoutError'), 'TimeoutError'],
  ['a code of the operating system', thrown('Error', { code: 'EPROTO' }), 'EPROTO'],
  ['a code with digits and more', thrown('Error', { code: 'E2BIG_X' }), 'E2BIG_X'],
  ['a code of the parser of HTTP', thrown('Error', { code: 'HPE_INVALID_CONSTANT' }), 'HPE_INVALID_CONSTANT'],
  [
    'a body that was cut off',
    thrown('Error', { code: 'ERR_STREAM_PREMATURE_CLOSE' }),
    'ERR_STREAM_PREMATURE_CLOSE',
  ],
  ['an attempt without an answer', thrown('Error', { $metadata: { attempts: 3 } }), 'Error'],
])('%s is an answer that may come later', (_, error, what) => {
  expect(said(error)).toEqual([`Unreachable (${what})`, true]);
});

test.each<[string, unknown]>([
  ...['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'].map((name): [string, unknown] => [
    `a ${name} of ours on its way`,
    thrown(name, { $metadata: { attempts: 1 } }),
  ]),
  ['a code of Node’s own', thrown('Error', { code: 'ERR_INVALID_ARG_TYPE' })],
  ['a code that goes on', thrown('Error', { code: 'EPROTO!' })],
  ['a code in which another one stands', thrown('Error', { code: 'XEPROTO' })],
  ['an error of nothing known', thrown('Error')],
  ['something without a name', { message: 'words' }],
  ['nothing', undefined],
])('%s is none of AWS’s failures, and stays what it is', (_, error) => {
  expect(translated(error)).toBe(error);
});

test('an answer of which only the status could be read is not understood, unless the service failed', () => {
  const unread = (status: number) =>
    thrown('SyntaxError', { $metadata: { httpStatusCode: status } }, 'secret');
  const failure = translated(unread(403));
  expect(failure).toBeInstanceOf(AnswerNotUnderstood);
  expect(failure).toMatchObject({
    name: 'AnswerNotUnderstood',
    message: 'servicecatalog: AnswerNotUnderstood (SyntaxError)',
    cause: unread(403),
  });
  expect(said(unread(502))).toEqual(['SyntaxError', true]);
});

test('an answer of another shape is not understood', () => {
  const { error } = z.object({ RecordId: z.string() }).safeParse({ RecordId: 7 });
  const failure = translated(error);
  expect(failure).toBeInstanceOf(AnswerNotUnderstood);
  expect(failure).toMatchObject({
    message: 'servicecatalog: AnswerNotUnderstood (unexpected shape)',
    cause: error,
  });
});

test('what an error says of itself in another form is passed over', () => {
  const odd = { name: 'Odd', message: 7, code: 7, $fault: 7, $metadata: { httpStatusCode: 400 } };
  expect(translated(odd)).toBeInstanceOf(AnswerNotUnderstood);
  const failure = translated({ ...odd, $fault: 'client' });
  expect(failure).toMatchObject({ code: 'Odd', words: '', transient: false });
  expect(translated({ name: 'Odd', $metadata: { httpStatusCode: '400' } })).toEqual({
    name: 'Odd',
    $metadata: { httpStatusCode: '400' },
  });
  // Looks like an answer that was throttled, and is no error that the SDK made.
  const like = {
    name: 'ThrottlingException',
    message: '',
    $fault: 'client',
    $metadata: { httpStatusCode: 400 },
  };
  expect(said(like)).toEqual(['ThrottlingException', false]);
});

test.each([
  ['ExpiredToken', true, false],
  ['ExpiredTokenException', true, false],
  ['RequestExpired', true, false],
  ['InvalidClientTokenId', true, true],
  ['UnrecognizedClientException', true, true],
  ['InvalidToken', true, true],
  ['InvalidTokenException', true, true],
  ['InvalidAccessKeyId', true, true],
  ['AccessDenied', false, false],
])(
  '%s: whether new credentials may help, and whether these are not known',
  (code, ofItsCredentials, unknown) => {
    const failure = new AwsFailure({ service: 'sts', code, words: '', transient: false });
    expect(isOfItsCredentials(failure)).toBe(ofItsCredentials);
    expect(isUnknownCredentials(failure)).toBe(unknown);
  },
);
