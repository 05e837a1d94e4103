import { LAUNCH_WORDS } from '../../../../forge-app/request/launch-words';
import { request } from '../../../../forge-app/texts/en/request';

test('agents are told of a hand-over that was given up which button has it sent again', () => {
  expect(LAUNCH_WORDS.undeliverable('the bridge refuses it')).toContain(`"${request.agents.retry.send}"`);
});
