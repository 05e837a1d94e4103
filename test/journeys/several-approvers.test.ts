import { approvalWorkflow, STATUS } from '../sandbox/atlassian/workflow';
import { REQUEST_TYPE } from '../sandbox/site';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

/* Invariant 1 where several have to approve: each of them knew what. */

const everybody = () => {
  const workflow = approvalWorkflow();
  if (!workflow.approval) throw new Error('the workflow has an approval step');
  const approval = { ...workflow.approval, conditionType: 'percent' as const, conditionValue: 100 };
  return {
    id: REQUEST_TYPE.approved,
    name: 'Get something',
    workflow: { ...workflow, approval },
    approvers: [],
  };
};

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ atlassian: { requestTypes: [everybody()] } });
});
afterAll(() => journey.sandbox.close());

const raise = () => journey.raise(undefined, { approvers: ['approver', 'other-approver'] });

test('a request is launched once everybody who has to has approved it', async () => {
  const key = await raise();
  await journey.approve(key, 'approver');
  await journey.sandbox.clock.advance(HOUR);
  expect(journey.launches(key)).toStrictEqual([]);
  await journey.approve(key, 'other-approver');
  await journey.reaches(key, 'succeeded');
});

test('who approved before the request showed an order makes all of them decide anew', async () => {
  const { site, settings, clock } = journey.sandbox;
  const write = (value: unknown) => site.setProjectProperty({ as: 'admin', property: 'gatehouse', value });
  await write({ ...settings, products: 'none yet' });
  const key = await raise();
  await journey.approve(key, 'approver');
  await clock.advance(MINUTE);
  await write(settings);
  await journey.reaches(key, 'awaiting-approval');
  await journey.approve(key, 'other-approver');
  await journey.reaches(key, 'blocked', MINUTE);
  expect(journey.comments(key).at(-1)).toMatch(
    /a part of it was given before this request showed what exactly/,
  );
  await clock.advance(3 * HOUR);
  expect(journey.launches(key)).toStrictEqual([]);

  await site.transition({ as: 'agent', key, to: STATUS.awaitingApproval });
  await journey.reaches(key, 'awaiting-approval', MINUTE);
  await journey.approve(key, 'approver');
  await journey.approve(key, 'other-approver');
  await journey.reaches(key, 'succeeded');
  expect(journey.launches(key)).toHaveLength(1);
});
