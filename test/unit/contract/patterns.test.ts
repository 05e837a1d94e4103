import * as patterns from '../../../aws-bridge/contract/patterns';

const many = (count: number, text = 'a'): string => text.repeat(count);
const sealed = ({ wrapped = many(683), iv = many(16), ciphertext = many(22) } = {}): string =>
  `sealed.1.${wrapped}.${iv}.${ciphertext}`;

/* Apart from every schema and builder, so that a form that has become narrower is told here by its name. */
test.each<[keyof typeof patterns, readonly string[], readonly string[]]>([
  [
    'ATLASSIAN_ACCOUNT_ID',
    ['a', '712020:0f7e-_Z', '5b10a2844c20165700ede21g', many(128)],
    ['', '!a', 'a!', 'a b', many(129), 'ü'],
  ],
  [
    'REQUEST_KEY',
    ['IT-1', 'IT-42', 'A_9-999999999999', `${many(64, 'A')}-1`],
    [
      '',
      'xIT-42',
      'IT-42x',
      'I-1',
      'it-42',
      '9T-1',
      'I!-1',
      'IT-0',
      'IT-04',
      'IT-',
      `${many(65, 'A')}-1`,
    ].concat('IT-1000000000000', 'IT-1x'),
  ],
  [
    'OPERATION_ID',
    ['launch-10042-0123456789abcdef', '0-------', 'a1234567', many(64)],
    ['', 'a123456', '-a1234567', 'Launch-1', 'launch-10042!', ' launch-10042', many(65), 'launch_10042'],
  ],
  [
    'GATE_ID',
    [`gate-${many(40, 'a')}`, `gate-${many(20, '09')}`],
    ['', `gate-${many(39)}`, `gate-${many(41)}`, `xgate-${many(40)}`, `gate-${many(40, 'g')}`].concat(
      `gate-${many(40, 'A')}`,
      `gate-${many(40)}x`,
    ),
  ],
  [
    'TEST_ID',
    [`test-${many(32, 'f')}`, `test-${many(16, '09')}`],
    ['', `test-${many(31)}`, `test-${many(33)}`, `xtest-${many(32)}`, `test-${many(32, 'g')}`].concat(
      `test-${many(32)}x`,
    ),
  ],
  [
    'DIGEST',
    [many(64), many(32, '09'), many(64, 'f')],
    ['', many(63), many(65), many(64, 'A'), many(64, 'g'), ` ${many(64)}`, `${many(64)} `],
  ],
  [
    'AWS_ACCOUNT_ID',
    ['100000000003', '000000000000'],
    ['', '10000000000', '1000000000030', 'a100000000003', '100000000003a', '10000000000a'],
  ],
  [
    'REGION',
    ['eu-west-1', 'ap-southeast-7', 'us-gov-west-1', 'il-central-1', `aa-bb-${many(12)}-1`],
    [
      '',
      'eu-1',
      'eu-west',
      'eu-west-12',
      'xeu-west-1',
      'eu-west-1 ',
      'e-west-1',
      'EU-west-1',
      'eu-w-1',
    ].concat('eu-a-b-c-1', `eu-${many(13)}-1`, 'eu-aa-bb-cc-1', 'eu-w3st-1', 'eu-west-x', '01-west-1'),
  ],
  [
    'OF_PARTITION_AWS',
    ['eu-west-1', 'us-east-1', 'il-central-1', 'us-isolated-1', 'x-cn-1', 'eu-central-1'],
    ['cn-north-1', 'us-gov-west-1', 'us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1'],
  ],
  [
    'SERVICE_CATALOG_ID',
    ['p', 'prod-abc', 'lpv2-abc_D', '0a', many(100)],
    ['', '-a', '_a', '!a', 'a!', 'a.b', many(101), ' a'],
  ],
  ['PARAMETER_KEY', ['A', '0', 'BucketPurpose', many(255)], ['', '-A', 'A-', 'A_B', 'A B', many(256), 'Ü']],
  [
    'TAG_KEY',
    ['a', '7', ' ', 'gatehouse:request', 'Büro 7', '_.:/=+-@', 'xaws:a', many(128)],
    ['', 'aws:a', 'AWS:a', '*a', 'a*', 'a*a', many(129)],
  ],
  ['TAG_VALUE', ['a', '7', ' ', 'Köln 東京 7', '_.:/=+-@', many(256)], ['', '*a', 'a*', 'a*a', many(257)]],
  [
    'SEALED_VALUE',
    [sealed(), sealed({ wrapped: many(683, '-'), iv: many(16, '_'), ciphertext: many(1000, '0') })],
    [
      ...['', `x${sealed()}`, `${sealed()}!`, sealed().replace('sealed.1', 'sealed.2')],
      ...[682, 684].map((length) => sealed({ wrapped: many(length) })),
      ...[15, 17].map((length) => sealed({ iv: many(length) })),
      ...[
        sealed({ ciphertext: many(21) }),
        sealed({ wrapped: many(683, '+') }),
        sealed({ iv: many(16, '/') }),
      ],
      ...[sealed({ ciphertext: many(22, '=') })],
    ],
  ],
  [
    'LAUNCH_NAME',
    ['a', '0', 'invoices', 'a._-Z9', many(100)],
    ['', '.a', '-a', '_a', '!a', 'a!', 'a b', many(101), ' a'],
  ],
])('%s is of its form from its first character to its last', (name, taken, refused) => {
  const form = patterns[name];
  if (!(form instanceof RegExp)) throw new TypeError(`${name} is no form`);
  expect(taken.filter((text) => !form.test(text))).toStrictEqual([]);
  expect(refused.filter((text) => form.test(text))).toStrictEqual([]);
});

test('a sealed value falls into its parts', () => {
  const parts = { wrapped: many(683, 'w'), iv: many(16, 'i'), ciphertext: many(30, 'c') };
  expect(patterns.SEALED_VALUE.exec(sealed(parts))?.groups).toEqual(parts);
});
