import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../sandbox/site';

/*
 * What is said to be shown by a test names its file and its sentence: `test/…/launch.test.ts` › "…", and maybe more
 * sentences of that file. What a test of many cases fills in is written as … there.
 */

const DOCUMENTS = ['security', 'reliability'].map((name) => `docs/${name}.md`);

/** Sentences as the documents write them. */
const asWritten = (title: string): string => title.replace(/%[sdijpo#]|\$\w+/g, '…').replaceAll('"', "'");

const TITLE = /(?:\b(?:test|describe)\(|\)\()\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;
const titles = new Map<string, ReadonlySet<string>>();
const titlesIn = (file: string): ReadonlySet<string> => {
  const known = titles.get(file);
  if (known) return known;
  const path = join(ROOT, file);
  const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const found = new Set(
    [...source.matchAll(TITLE)].map(([, , title = '']) => asWritten(title.replace(/\\(.)/g, '$1'))),
  );
  titles.set(file, found);
  return found;
};

interface Named {
  readonly file: string;
  readonly sentences: readonly string[];
}
const namedIn = (text: string): readonly Named[] =>
  [...text.matchAll(/`(test\/[\w./-]+\.test\.tsx?)`((?:\s*›\s*"[^"]*")*)/g)].map(
    ([, file = '', sentences = '']) => ({
      file,
      sentences: [...sentences.matchAll(/"([^"]*)"/g)].map(([, sentence = '']) => sentence),
    }),
  );

const missingIn = (text: string): readonly string[] =>
  namedIn(text).flatMap(({ file, sentences }) =>
    sentences.length === 0
      ? [`${file} without a sentence`]
      : sentences
          .filter((sentence) => !titlesIn(file).has(sentence))
          .map((sentence) => `${file} › "${sentence}"`),
  );

test.each(DOCUMENTS)('every test that %s names is there under that name', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  expect(namedIn(text).length).toBeGreaterThan(40);
  expect(missingIn(text)).toStrictEqual([]);
  // A sentence that belongs to no file would be looked for nowhere.
  const sentences = namedIn(text).flatMap((named) => named.sentences);
  expect(text.match(/›/g)).toHaveLength(sentences.length);
});

test('a name that no test has is noticed, and so is a file that is not there', () => {
  const here = 'test/unit/docs/named-tests.test.ts';
  expect(missingIn(`\`${here}\` › "every test that … names is there under that name"`)).toStrictEqual([]);
  expect(missingIn(`\`${here}\` › "every test"`)).toEqual([`${here} › "every test"`]);
  expect(missingIn(`\`${here}\``)).toEqual([`${here} without a sentence`]);
  expect(missingIn('`test/unit/docs/gone.test.ts` › "it"')).toEqual(['test/unit/docs/gone.test.ts › "it"']);
});
