import { type Journey, MINUTE } from '../journeys/journey';
import type { Chapter } from './chapter';
import { gateChapters } from './gate-chapters';

const since = (journey: Journey, service: string, operation: string) => {
  const before = journey.done(service, operation);
  return (): number => journey.done(service, operation) - before;
};

/** What happens on one machine, from the request to its outputs. */
export const chapters: readonly Chapter[] = [
  {
    title: 'A private bucket for payments-dev is asked for, approved and launched',
    tell: async (journey, expect) => {
      const launched = since(journey, 'servicecatalog', 'ProvisionProduct');
      const asked = since(journey, 'servicecatalog', 'DescribeRecord');
      const key = await journey.raise(journey.form({ name: 'payments-archive' }));
      expect(
        'the request waits for approval, with a summary for the approver',
        journey.state(key) === 'awaiting-approval',
      );
      await journey.approve(key);
      await journey.reaches(key, 'succeeded');
      expect('Service Catalog was asked once to launch it', launched() === 1);
      expect('its record was looked at twice: after registering, and when the event came', asked() === 2);
      expect('the request is done', journey.sandbox.site.request(key).status === 'Done');
      expect(
        'its last comment carries the outputs',
        /arn:aws:s3:::/.test(journey.comments(key).at(-1) ?? ''),
      );
      return key;
    },
  },
  {
    title: 'A request is declined',
    tell: async (journey, expect) => {
      const entered = since(journey, 'sts', 'AssumeRole');
      const received = since(journey, 'bridge', 'POST /webhook');
      const key = await journey.raise(journey.form({ name: 'not-needed' }));
      await journey.decline(key);
      await journey.reaches(key, 'declined');
      await journey.sandbox.clock.advance(10 * MINUTE);
      expect('the request is closed as declined', journey.sandbox.site.request(key).status === 'Declined');
      expect('AWS never heard of it', entered() === 0 && received() === 0);
      return key;
    },
  },
  {
    title: 'A parameter is out of bounds',
    tell: async (journey, expect) => {
      const key = await journey.raise(
        journey.form({ name: 'forever', parameters: { RetentionDays: '99999' } }),
      );
      expect('nobody is asked to approve it', journey.state(key) === 'refused-order');
      expect(
        'the comment names the parameter and what is allowed',
        journey.comments(key).some((comment) => /Retention/.test(comment) && /3650/.test(comment)),
      );
      return key;
    },
  },
  {
    title: 'The stack fails and rolls back: the bucket name is taken',
    tell: async (journey, expect) => {
      journey.sandbox.cloudFormation.takeBucketName('company-data');
      const key = await journey.raise(
        journey.form({ name: 'company-data', parameters: { BucketName: 'company-data' } }),
      );
      await journey.approve(key);
      await journey.reaches(key, 'failed');
      expect('the request has failed', journey.sandbox.site.request(key).status === 'Failed');
      expect(
        'a comment names the resource and the reason',
        journey.comments(key).some((comment) => /Bucket/.test(comment) && /already exists/.test(comment)),
      );
      return key;
    },
  },
  {
    title: 'The way back from AWS breaks for a while, so the approved operation is delivered twice',
    tell: async (journey, expect) => {
      const started = since(journey, 'lambda', 'Invoke');
      const launched = since(journey, 'servicecatalog', 'ProvisionProduct');
      const key = await journey.raise(journey.form({ name: 'only-one' }));
      const { faults } = journey.sandbox;
      faults.plan('bridge', 'POST /webhook', 'answer lost');
      faults.plan('web trigger', 'bridge-callback', 'unreachable', 6);
      await journey.approve(key);
      await journey.reaches(key, 'succeeded');
      await journey.sandbox.clock.advance(10 * MINUTE);
      expect('it was delivered twice', started() === 2);
      expect('it was launched once', launched() === 1);
      const comments = journey.comments(key);
      expect('nothing is said twice on the request', new Set(comments).size === comments.length);
      return key;
    },
  },
  ...gateChapters,
];
