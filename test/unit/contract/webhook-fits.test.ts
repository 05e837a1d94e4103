import fc from 'fast-check';
import type { GateDecision } from '../../../aws-bridge/contract/gate';
import { WebhookMessage } from '../../../aws-bridge/contract/messages';
import { fitsWebhook } from '../../../aws-bridge/contract/webhook-fits';
import { GATE_ID } from '../../builders/gate';
import { anApprovedOperation, anOrder, aSealedValue, APPROVER, SITE } from '../../builders/orders';

const NOW = '2026-01-15T09:30:00.000Z';
const OPERATION = 'launch-10042-0123456789abcdef';
const order = anOrder({
  pathId: 'lpv2-abc',
  parameters: { BucketPurpose: 'Invoices of the year', Empty: '' },
  sealedParameters: { Password: aSealedValue() },
  tags: { 'gatehouse:request': 'IT-42', Team: 'Büro 7' },
});
const approved = anApprovedOperation({ order, earlier: [OPERATION] });
const decision: GateDecision = {
  gateId: GATE_ID,
  site: SITE,
  requestKey: 'IT-42',
  digest: '0a'.repeat(32),
  decision: 'declined',
  approvers: [APPROVER],
  decidedAt: NOW,
  reason: 'Too large',
};

const MESSAGES: readonly WebhookMessage[] = [
  { type: 'operation.approved', timestamp: NOW, data: approved },
  { type: 'operation.approved', timestamp: NOW, data: anApprovedOperation({ approval: null }) },
  { type: 'gate.decided', timestamp: NOW, data: decision },
  { type: 'gate.decided', timestamp: NOW, data: { ...decision, decision: 'approved', reason: null } },
  { type: 'operations.requested', timestamp: NOW, data: { site: SITE, operationIds: [OPERATION] } },
  { type: 'connection.tested', timestamp: NOW, data: { site: SITE, testId: `test-${'0a'.repeat(16)}` } },
];

test.each(MESSAGES)('a message $type as the app sends it fits without a schema', (message) => {
  expect(WebhookMessage.parse(message)).toStrictEqual(message);
  expect(fitsWebhook(message)).toBe(true);
});

type Path = readonly (string | number)[];

const pathsOf = (value: unknown): Path[] =>
  typeof value === 'object' && value !== null
    ? [
        [],
        ...Object.entries(value as Record<string, unknown>).flatMap(([name, member]) =>
          pathsOf(member).map((path) => [name, ...path]),
        ),
      ]
    : [[]];

/** The value with what is at the path replaced; where the replacement is undefined, without it. */
const changed = (value: unknown, [name, ...path]: Path, put: (before: unknown) => unknown): unknown => {
  if (name === undefined) return put(value);
  if (Array.isArray(value))
    return value.map((item: unknown, n) => (n === Number(name) ? changed(item, path, put) : item));
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>)
      .map(([key, member]) => [key, key === name ? changed(member, path, put) : member] as const)
      .filter(([, member]) => member !== undefined),
  );
};

const longText = (length: number) => 'a'.repeat(length);
const many = (count: number, item: unknown) => Array.from({ length: count }, () => item);
const TEXTS = [
  ...[
    '',
    'a',
    'A',
    '0',
    'launch',
    'approve',
    'declined',
    'IT-42',
    'it-42',
    'IT-0',
    '100000000003',
    '10000000000',
  ],
  ...['eu-west-1', 'cn-north-1', 'us-gov-west-1', 'us-iso-east-1', 'eu-west', 'prod-1', '-prod', OPERATION],
  ...[
    SITE,
    SITE.toUpperCase(),
    SITE.slice(1),
    `${SITE}0`,
    '00000000-0000-0000-0000-000000000000',
    GATE_ID,
    `${GATE_ID}0`,
  ],
  ...[
    NOW,
    `a${NOW}`,
    `${NOW}a`,
    '2026-01-15',
    '2026-02-28T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2024-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
  ],
  ...['2026-04-30T23:59:59.1Z', '2026-04-31T00:00:00Z', '2026-12-31T24:00:00Z', '2026-13-01T00:00:00Z'],
  ...['2026-01-15T09:30Z', '2026-01-15T09:30:00+01:00', '2026-01-15T09:60:00Z', '0000-01-01T00:00:00Z'],
  ...['0a'.repeat(32), '0A'.repeat(32), APPROVER, 'a b', 'a\n', 'ü', aSealedValue(), aSealedValue('.')],
  ...[100, 101, 128, 129, 256, 500, 501, 4096, 4097, 22_999, 23_001].map(longText),
  `${aSealedValue()}${longText(23_000)}`,
];
const REPLACEMENTS: readonly unknown[] = [
  ...[undefined, null, true, false, 0, 1, [], {}, [null], ['a'], { a: 'a' }, { 'a b': 'a' }, { a: 1 }],
  ...[{ 'aws:a': 'a' }, { Aws: 'a' }, { 'Büro ': 'a' }, { a: 'a*' }, { Password: aSealedValue() }],
  ...[
    [OPERATION, ''],
    ['', APPROVER],
  ],
  ...[25, 26, 50, 51].flatMap((count) => [many(count, OPERATION), many(count, APPROVER)]),
  ...[50, 51].map((count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, 'a']))),
  ...TEXTS,
];

/** What fits, the schema takes, and as it is. */
const agree = (value: unknown): boolean => {
  const fits = fitsWebhook(value);
  if (fits) expect(WebhookMessage.safeParse(value)).toEqual({ success: true, data: value });
  return fits;
};

test.each(MESSAGES.map((message, n) => ({ name: `${n + 1}, ${message.type}`, message })))(
  'of message $name, with anything in it replaced, nothing fits that the schema would not take as it is',
  ({ message }) => {
    for (const path of pathsOf(message)) {
      for (const replacement of REPLACEMENTS) agree(changed(message, path, () => replacement));
      agree(changed(message, path, (before) => (Array.isArray(before) ? {} : [before])));
      const more = changed(message, path, (before) =>
        typeof before === 'object' && before !== null && !Array.isArray(before)
          ? { ...before, unknown: '' }
          : before,
      );
      agree(more);
    }
  },
);

test('nor with several things replaced by others of the kind', () => {
  const replaced = fc.constantFrom(...MESSAGES).chain((message) =>
    fc
      .array(
        fc.tuple(fc.constantFrom(...pathsOf(message)), fc.oneof(fc.constantFrom(...TEXTS), fc.string())),
        {
          maxLength: 3,
        },
      )
      .map((changes) =>
        changes.reduce<unknown>((value, [path, text]) => {
          try {
            return changed(value, path, () => text);
          } catch {
            // There is nothing any more where it was to be put.
            return value;
          }
        }, message),
      ),
  );
  let fitting = 0;
  fc.assert(
    fc.property(replaced, (value) => {
      if (agree(value)) fitting += 1;
    }),
    { numRuns: 2_000, seed: 20_261_122 },
  );
  expect(fitting).toBeGreaterThan(100);
});

test('a member that is missing, or one too many, does not fit', () => {
  for (const message of MESSAGES) {
    for (const path of pathsOf(message)) {
      const last = path.at(-1);
      if (last === undefined || ['earlier', 'sealedParameters'].includes(String(last))) continue;
      if (path.includes('parameters') || path.includes('sealedParameters') || path.includes('tags')) continue;
      if (path.includes('approvers') || path.includes('operationIds') || path.includes('earlier')) continue;
      expect([path, fitsWebhook(changed(message, path, () => undefined))]).toEqual([path, false]);
    }
    for (const path of [[], ['data']])
      expect(fitsWebhook(changed(message, path, (before) => ({ ...(before as object), more: '' })))).toBe(
        false,
      );
  }
});

test.each([
  ['a site in capitals', ['data', 'site'], SITE.toUpperCase().replaceAll('1', 'A')],
  ['a leap day', ['timestamp'], '2024-02-29T00:00:00.000Z'],
] as const)('%s is left to the schema', (_, path, text) => {
  const message = changed(MESSAGES[0], path, () => text);
  expect(fitsWebhook(message)).toBe(false);
});

test('every moment of a year that is no leap year fits', () => {
  const year = Array.from(
    { length: 365 },
    (_, day) => new Date(Date.UTC(2026, 0, 1 + day, day % 24, day % 60)),
  );
  const written = year.flatMap((moment) => [
    moment.toISOString(),
    moment.toISOString().replace('.000', ''),
    moment.toISOString().replace('.000', '.5'),
  ]);
  expect(
    written.filter((text) => !fitsWebhook(changed(MESSAGES[0], ['timestamp'], () => text))),
  ).toStrictEqual([]);
});

test('what has many of everything still fits', () => {
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`tag ${n}`, longText(256)]));
  const parameters = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`A${n}`, longText(4096)]));
  const data = anApprovedOperation({
    order: anOrder({ tags, parameters }),
    earlier: Array.from({ length: 25 }, () => OPERATION),
    approval: { approvers: Array.from({ length: 50 }, () => APPROVER), approvedAt: NOW },
  });
  expect(fitsWebhook({ type: 'operation.approved', timestamp: NOW, data })).toBe(true);
});
