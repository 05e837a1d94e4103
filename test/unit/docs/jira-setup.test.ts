import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RequestState } from '../../../forge-app/request/record';
import { readProjectSettings } from '../../../forge-app/settings/project-settings';
import { ROOT } from '../../sandbox/site';

const guide = readFileSync(join(ROOT, 'docs', 'jira-setup.md'), 'utf8');

test('the settings that the guide shows can be used', () => {
  const example = /```json\n([^]*?)```/.exec(guide)?.[1] ?? '';
  expect(readProjectSettings(JSON.parse(example))).toMatchObject({ outcome: 'read' });
});

test('the guide explains every state that a request can be in', () => {
  const table = guide.slice(guide.search(/^\| state/m));
  const explained = [...table.matchAll(/`([a-z-]+)`/g)].map(([, state]) => state);
  expect(explained.sort()).toEqual([...RequestState.options].sort());
});
