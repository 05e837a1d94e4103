import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RequestState } from '../../../forge-app/request/record';
import { readProjectSettings } from '../../../forge-app/settings/project-settings';
import { search } from '../../sandbox/atlassian/jql';
import { EntityPropertyModule, parseManifest } from '../../sandbox/atlassian/manifest';
import { MANIFEST_FILE, ROOT } from '../../sandbox/site';

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

describe('what the guide says about queues', () => {
  const section = guide.slice(guide.indexOf('## Queues for agents'), guide.search(/^\| state/m));
  const [, block = ''] = /```\n([^]*?)```/.exec(section) ?? [];
  const queries = block.trim().split('\n');
  const { modules } = parseManifest(readFileSync(MANIFEST_FILE, 'utf8'));
  const aliases = (modules['jira:entityProperty'] ?? [])
    .map((module) => EntityPropertyModule.parse(module))
    .flatMap(({ propertyKey, values }) =>
      values.map(({ path, searchAlias: name = '' }) => ({ name, propertyKey, path })),
    );
  const now = new Date('2026-03-02T12:00:00Z');
  const created = new Date('2026-03-02T07:00:00Z');
  const requests = RequestState.options.flatMap((state, index) =>
    ['launch', 'gate'].map((kind) => ({
      id: `${index + 1}`,
      key: `CLOUD-${index + 1}`,
      summary: 'A bucket',
      description: '',
      reporter: 'employee',
      ...{ created, updated: created },
      status: { id: '1', name: 'Open', category: 'NEW' as const },
      properties: new Map<string, unknown>([
        [
          'gatehouse',
          {
            ...{ kind, state, product: 'Private bucket', account: '123456789012' },
            ...{ operation: 'launch-1-0', record: 'rec-abcdefghijklm' },
          },
        ],
      ]),
    })),
  );

  test('names are those that the manifest declares, all of them', () => {
    const named = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(aliases.map(({ name }) => name).sort());
  });

  test.each(queries)('%s', (query) => {
    const found = search(query, requests, { now, project: { id: '1', key: 'CLOUD' }, aliases });
    expect(found).not.toStrictEqual([]);
    const states = [...query.matchAll(/gatehouseState (?:=|in) (\("[^)]*\)|"[^"]*")/g)].flatMap(
      ([, list = '']) => [...list.matchAll(/"([^"]*)"/g)].map(([, state]) => state),
    );
    expect(RequestState.options).toEqual(expect.arrayContaining(states));
  });
});
