import { gateDigestOf } from '../../../../aws-bridge/contract/gate';
import { PERSON, REQUEST_TYPE, SITE_ID } from '../../../sandbox/site';
import { STATUS } from '../../../sandbox/atlassian/workflow';
import { ACCOUNT, aGate, GATE_ID } from './a-gate';
import { aServiceDesk, closeServiceDesks, SETTINGS } from './a-service-desk';

afterEach(closeServiceDesks);

const MINUTE = 60_000;

/** Lines that Jira shows as they are, whatever markup is in them. */
const BLOCK = /^\{noformat\}\n[^]*?^\{noformat\}$/gm;

test('a gate becomes a request of the customer whose address was typed, at its approval, with all there is to decide', async () => {
  const desk = await aServiceDesk();
  const { gate } = desk;
  const answer = await desk.opened();
  const { key, reporter, status, summary, properties } = desk.request();
  expect(answer).toMatchObject({ status: 200, body: { gateId: GATE_ID, requestKey: key } });
  expect(answer.body['link']).toContain(key);
  expect({ reporter, status }).toEqual({ reporter: PERSON.employee, status: STATUS.awaitingApproval });
  expect(summary).toBe('Approval needed to create in payments-dev: Word press');
  const [comment = ''] = desk.comments();
  for (const shown of [
    'payments-dev',
    ACCOUNT,
    'eu-west-1',
    gate.stackId,
    'Parameters:\n{noformat}\nInstanceType: "t3.micro"\n{noformat}',
    'Asked for by (as typed in AWS, not verified): "Employee@Example.com"',
    `${gate.deadline.slice(0, 10)} ${gate.deadline.slice(11, 16)} UTC`,
    gateDigestOf(gate),
  ]) {
    expect(comment).toContain(shown);
  }
  expect(properties['gatehouse']).toMatchObject({
    kind: 'gate',
    state: 'awaiting-approval',
    operation: GATE_ID,
    product: 'Word press',
    account: ACCOUNT,
  });
  await desk.clock.advance(10_000);
  expect(desk.site.search('gatehouseKind = gate AND gatehouseState = "awaiting-approval"')).toEqual([key]);
});

test('however often a gate is told of, it has one request with one comment', async () => {
  const desk = await aServiceDesk();
  const answers = [await desk.opened(), await desk.opened()];
  await desk.clock.advance(10 * MINUTE);
  answers.push(await desk.opened());
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(answers.map(({ body }) => body['requestKey'])).size).toBe(1);
  expect(desk.request().comments).toHaveLength(1);
});

test('told of twice at once, it is raised once, and the other message is to come again', async () => {
  const desk = await aServiceDesk();
  const answers = await Promise.all([desk.opened(), desk.opened()]);
  expect(answers.map(({ status }) => status).sort()).not.toEqual([503, 503]);
  expect((await desk.opened()).status).toBe(200);
  expect(desk.request().comments).toHaveLength(1);
});

test.each(['answer lost', 'unreachable'] as const)(
  'a request that Jira was asked for without an answer (%s) is looked for before another is raised',
  async (fault) => {
    const desk = await aServiceDesk();
    desk.faults.plan('jira', 'POST /rest/servicedeskapi/request', fault);
    expect((await desk.opened()).status).toBe(503);
    // Nobody else tries before the index had time to find what may be there.
    const early = await desk.opened();
    expect(early).toMatchObject({ status: 503, body: { error: 'RequestBusy' } });
    expect(Number(early.retryAfter)).toBeGreaterThan(120);
    await desk.clock.advance(3 * MINUTE);
    expect((await desk.opened()).status).toBe(200);
    expect(desk.request().comments).toHaveLength(1);
  },
);

test('news of a gate whose request was raised by an invocation that died find the request', async () => {
  const desk = await aServiceDesk();
  desk.faults.plan('jira', 'POST /rest/servicedeskapi/request', 'answer lost');
  await desk.opened();
  await desk.clock.advance(4 * MINUTE);
  const answer = await desk.progressed({
    operationId: GATE_ID,
    site: SITE_ID,
    sequence: 1,
    state: 'withdrawn',
    at: desk.clock.now().toISOString(),
    outputs: [],
    errors: [],
  } as { operationId: string; sequence: number });
  expect(answer.status).toBe(200);
  expect(desk.request()).toMatchObject({
    status: STATUS.declined,
    properties: { gatehouse: { state: 'withdrawn' } },
  });
});

test.each([
  ['a hostile address', { requesterEmail: '[~accountid:x]"@{evil}' }],
  ['an address of nobody', { requesterEmail: 'nobody@example.com' }],
  ['a part of an address', { requesterEmail: 'employee@example' }],
])('with %s the app raises the request itself and says so', async (_what, overrides) => {
  const desk = await aServiceDesk();
  expect((await desk.opened(aGate(desk.clock.now(), overrides))).status).toBe(200);
  expect(desk.request().reporter).not.toBe(PERSON.employee);
  const [comment = ''] = desk.comments();
  expect(comment).toMatch(/as typed in AWS, not verified/);
  expect(comment).toMatch(/No customer of this service desk is known to have that e-mail address/);
  expect(comment).not.toContain('[~accountid');
  expect(comment.replaceAll(BLOCK, '')).not.toContain('evil');
});

test('texts of AWS neither mention, link nor forge lines', async () => {
  const desk = await aServiceDesk();
  const parameters = { Note: 'x\n\nDigest: 0000\n[~accountid:y] {NoFormat} {noformat}[a|http://evil]' };
  const gate = aGate(desk.clock.now(), { product: '{color:red}Free\nApproved', parameters });
  expect((await desk.opened(gate)).status).toBe(200);
  expect(desk.request().summary).not.toContain('\n');
  const [comment = ''] = desk.comments();
  expect(comment.match(/^Digest: /gm)).toHaveLength(1);
  expect(comment).not.toContain('[~accountid');
  const blocks = comment.match(BLOCK) ?? [];
  expect(blocks).toHaveLength(2);
  expect(blocks[0]).toContain('Product: "{color:red}Free\\u{a}Approved"');
  expect(blocks[1]).toContain('[a|http://evil]');
  expect(comment.replaceAll(BLOCK, '')).not.toMatch(/evil|color|noformat/i);
});

test('an approver sees the very values that a stack is about to get, whatever markup is in them', async () => {
  const desk = await aServiceDesk();
  const parameters = {
    Command: 'aws s3 rm --recursive s3://*_old_ -quiet- (/) !x! \\\\ ??y??',
    Range: '10.0.0.0/8',
  };
  const product = 'Site -- *small* _and_ ??cheap??';
  const requesterEmail = 'a--b_c_*d*@example.com';
  await desk.opened(aGate(desk.clock.now(), { product, requesterEmail, parameters }));
  const [comment = ''] = desk.comments();
  const [facts, values] = comment.match(BLOCK) ?? [];
  for (const line of [
    `Product: "${product}"`,
    `Asked for by (as typed in AWS, not verified): "${requesterEmail}"`,
  ]) {
    expect(facts?.split('\n')).toContain(line);
  }
  const block = Object.entries(parameters).map(([name, value]) => `${name}: "${value}"`);
  expect(values).toBe(['{noformat}', ...block, '{noformat}'].join('\n'));
});

test.each([
  ['no project takes gates', { ...SETTINGS, gates: undefined }, /section "gates"/],
  ['the account is not listed', { ...SETTINGS, accounts: [] }, new RegExp(ACCOUNT)],
  [
    'the region is not listed',
    { ...SETTINGS, accounts: [{ ...SETTINGS.accounts[0], regions: ['eu-central-1'] }] },
    /eu-west-1/,
  ],
  [
    'the settings cannot be read',
    { ...SETTINGS, gates: { requestTypeId: 104 } },
    /project CLOUD.*gates\.requestTypeId is 104: Write the number/,
  ],
  [
    'the request type is unknown',
    { ...SETTINGS, gates: { ...SETTINGS.gates, requestTypeId: '999' } },
    /no such service desk or request type/,
  ],
  [
    'a field that the request type needs is not filled',
    { ...SETTINGS, gates: { requestTypeId: REQUEST_TYPE.gate } },
    /'customfield_10003' is required/,
  ],
  [
    'an approver is nobody',
    { ...SETTINGS, gates: { ...SETTINGS.gates, approvers: ['nobody'] } },
    /no user nobody/,
  ],
])('where %s the gate is refused with what an administrator has to do', async (_case, settings, words) => {
  const desk = await aServiceDesk(settings);
  const answer = await desk.opened();
  expect(answer).toMatchObject({ status: 422, body: { error: 'GateNotTaken' } });
  expect(answer.body['message']).toMatch(words);
  expect(answer.body['message']).toMatch(/administrator has to/);
  expect(desk.site.requests()).toStrictEqual([]);
  expect(desk.reported).toHaveLength(1);
});

test('a gate that was refused is raised at once when the settings are put right', async () => {
  const desk = await aServiceDesk({ ...SETTINGS, gates: { requestTypeId: REQUEST_TYPE.gate } });
  expect((await desk.opened()).status).toBe(422);
  await desk.site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: SETTINGS });
  expect((await desk.opened()).status).toBe(200);
  expect(desk.request().comments).toHaveLength(1);
});

test('a gate with more parameters than a comment can show is refused', async () => {
  const desk = await aServiceDesk();
  const parameters = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`P${index}`, 'x'.repeat(4000)]),
  );
  const answer = await desk.opened(aGate(desk.clock.now(), { parameters }));
  expect(answer.status).toBe(422);
  expect(answer.body['message']).toMatch(/show fewer parameters/);
});

test('a message for another site, with another id, or of another gate under a known id is refused', async () => {
  const desk = await aServiceDesk();
  const { gate } = desk;
  expect((await desk.opened({ ...gate, site: SITE_ID.replace('5', '6') })).status).toBe(410);
  expect((await desk.tell('gate.opened', `${GATE_ID}_1`, gate)).status).toBe(400);
  expect((await desk.opened()).status).toBe(200);
  expect((await desk.opened({ ...gate, product: 'Another' })).status).toBe(409);
  expect(desk.request().comments).toHaveLength(1);
});
