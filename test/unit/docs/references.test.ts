import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../sandbox/site';

const Package = z.object({ scripts: z.record(z.string(), z.string()) });

const { scripts } = Package.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
const documents = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const textOf = (document: string): string => readFileSync(join(ROOT, document), 'utf8');

test.each(documents)('every file that %s names is there', (document) => {
  const text = textOf(document);
  const named = [
    ...text.matchAll(/`((?:docs|forge-app|aws-bridge|infra|products|scripts|src|test)\/[\w./-]+)`/g),
    ...text.matchAll(/\]\(((?!https:)[^)]+)\)/g),
  ].map(([, path = '']) => path);
  const missing = named.filter((path) => !['', '.ts'].some((end) => existsSync(join(ROOT, `${path}${end}`))));
  expect(missing).toStrictEqual([]);
});

test.each(documents)('every command that %s names can be run', (document) => {
  const named = [...textOf(document).matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});
