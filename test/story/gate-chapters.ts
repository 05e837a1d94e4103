import { atTheConsole } from '../journeys/gate-journey';
import { HOUR, MINUTE } from '../journeys/journey';
import type { Chapter } from './chapter';

/** Stacks that somebody starts from the AWS console. */
export const gateChapters: readonly Chapter[] = [
  {
    title: 'A gated product is launched from the AWS console, and its request is approved',
    tell: async (journey, expect) => {
      const console = atTheConsole(journey);
      const { messages } = journey.sandbox.aws.topics;
      const key = await console.launch('team-blog');
      expect('the stack waits for approval', journey.state(key) === 'awaiting-approval');
      expect('nothing of it has been made', (await console.made('team-blog')).length === 0);
      expect(
        'one notice went out, with a link to the request',
        messages.filter(({ message }) => message.includes(key)).length === 1,
      );
      await journey.approve(key);
      await journey.reaches(key, 'succeeded');
      expect('the stack was signalled once and went on', console.signals() === 1);
      expect(
        'the last comment carries the address of the site',
        /http/.test(journey.comments(key).at(-1) ?? ''),
      );
      return key;
    },
  },
  {
    title: 'A stack from the console is declined with a reason',
    tell: async (journey, expect) => {
      const console = atTheConsole(journey);
      const reason = 'We have a blog already: ask the communications team.';
      const key = await console.launch('second-blog');
      await journey.sandbox.site.answerApproval({
        ...{ as: 'approver', key, decision: 'decline' },
        comment: reason,
      });
      await journey.reaches(key, 'declined');
      expect(
        'the stack failed at once, and its events show the reason',
        (await console.whyItFailed('second-blog')).includes(reason),
      );
      expect('nothing of it was made', (await console.made('second-blog')).length === 0);
      return key;
    },
  },
  {
    title: 'Nobody decides about a stack from the console for twelve hours',
    tell: async (journey, expect) => {
      const console = atTheConsole(journey);
      const key = await console.launch('forgotten-blog');
      await journey.reaches(key, 'expired', 13 * HOUR);
      const reminders = journey.comments(key).filter((comment) => comment.includes('[~accountid:'));
      expect('the approvers were reminded twice', reminders.length === 2);
      expect(
        'the stack failed with the reason, before CloudFormation ended it',
        /nobody/i.test(await console.whyItFailed('forgotten-blog')),
      );
      return key;
    },
  },
  {
    title: 'A stack from the console is deleted while it waits',
    tell: async (journey, expect) => {
      const console = atTheConsole(journey);
      const before = console.signals();
      const key = await console.launch('changed-my-mind');
      await console.person.deleteStack('changed-my-mind');
      await journey.reaches(key, 'withdrawn', 10 * MINUTE);
      expect('its request is closed', journey.sandbox.site.request(key).status === 'Declined');
      expect('nothing was signalled', console.signals() === before);
      return key;
    },
  },
];
