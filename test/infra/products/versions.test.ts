import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { catalogue } from '../../../products/catalogue';
import { privateBucket } from '../../../products/private-bucket';
import type { Product } from '../../../products/product';
import { howToChange, keepVersions, keptFile, readTemplate } from '../../../scripts/kept-versions';
import { PRODUCTS, versions } from './templates';

const onlyCurrent: Product = { ...privateBucket, versions: [privateBucket.versions[0]] };
const CURRENT = keptFile(onlyCurrent, onlyCurrent.versions[0]);

const keep = (product: Product, folder: string) =>
  keepVersions([product], folder, (json) => Promise.resolve(json));

const folders: string[] = [];
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-kept-'));
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

describe.each(versions)('$name', ({ product, version, template }) => {
  test('is as it was released', () => {
    const path = join(PRODUCTS, keptFile(product, version));
    let kept;
    try {
      kept = readTemplate(path);
    } catch (cause) {
      throw new Error(`${product.key} ${version.name} is not kept yet: run npm run keep-version`, { cause });
    }
    try {
      expect(template).toEqual(kept);
    } catch (cause) {
      const difference = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${howToChange(product, version)}\n\n${difference}`, { cause });
    }
  });

  test('comes from the file that is kept, or from code', () => {
    if ('file' in version.template) expect(version.template.file).toBe(keptFile(product, version));
    else expect(product.versions[0]).toBe(version);
  });

  test('says in a sentence why it is offered no more, where it is', () => {
    expect(version.deprecated ?? 'Offered.').toMatch(/\.$/);
  });
});

test('every file that is kept belongs to a version of the catalogue', () => {
  const files = readdirSync(join(PRODUCTS, 'versions'), { recursive: true, encoding: 'utf8' });
  const expected = versions.map(({ product, version }) => keptFile(product, version));
  expect(
    files
      .filter((file) => file.endsWith('.json'))
      .map((file) => `versions/${file}`)
      .sort(),
  ).toEqual(expected.sort());
});

test('every product offers its newest version, and version names are unique', () => {
  for (const { key, versions: all } of catalogue) {
    expect([key, all[0].deprecated]).toEqual([key, undefined]);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  }
});

test('a version that has no file yet gets one, and getting it again changes nothing', async () => {
  const folder = aFolder();
  expect(await keep(onlyCurrent, folder)).toEqual([CURRENT]);
  const kept = readFileSync(join(folder, CURRENT), 'utf8');
  expect(JSON.parse(kept)).toEqual(readTemplate(join(PRODUCTS, CURRENT)));
  expect(await keep(onlyCurrent, folder)).toStrictEqual([]);
  expect(readFileSync(join(folder, CURRENT), 'utf8')).toBe(kept);
});

test('a released version is not overwritten by code that says something else', async () => {
  const folder = aFolder();
  const released = '{"Resources":{}}';
  mkdirSync(dirname(join(folder, CURRENT)), { recursive: true });
  writeFileSync(join(folder, CURRENT), released);
  await expect(keep(onlyCurrent, folder)).rejects.toThrow(
    "in products/private-bucket.ts give the code a new version's name, keep 1.1 below it as " +
      "{ file: 'versions/private-bucket/1.1.template.json' }, and run npm run keep-version",
  );
  expect(readFileSync(join(folder, CURRENT), 'utf8')).toBe(released);
});

test('nothing is kept of a catalogue in which a released version was changed', async () => {
  const folder = aFolder();
  mkdirSync(dirname(join(folder, CURRENT)), { recursive: true });
  writeFileSync(join(folder, CURRENT), '{}');
  const next = { ...privateBucket.versions[0], name: '9.9' };
  const withNew: Product = { ...onlyCurrent, versions: [next, privateBucket.versions[0]] };
  await expect(keep(withNew, folder)).rejects.toThrow('private-bucket 1.1 is no longer the one');
  expect(readdirSync(join(folder, 'versions/private-bucket'))).toEqual(['1.1.template.json']);
});
