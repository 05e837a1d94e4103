import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MANIFEST_FILE } from '../../sandbox/site';
import { bundleResource, bundleWithStyles } from '../resource-bundle';
import type { PageAnswer } from './answer';

const Manifest = z.object({
  modules: z.record(z.string(), z.array(z.looseObject({ key: z.string(), resource: z.string().optional() }))),
  resources: z.array(z.object({ key: z.string(), path: z.string() })),
});
const FRAME = join(__dirname, '../frame');
const TYPES = { script: 'text/javascript; charset=utf-8', styles: 'text/css; charset=utf-8' } as const;

/**
 * What a browser loads, by path: the document, the frame as one script and one style sheet, and each page of the app.
 * @throws Error naming what does not compile
 */
export const frameFiles = async (): Promise<ReadonlyMap<string, PageAnswer>> => {
  const [frame, ...pages] = await Promise.all([builtFrame(), ...appPages()]);
  const document = readFileSync(join(FRAME, 'index.html'), 'utf8');
  return new Map<string, PageAnswer>([
    ['/', { status: 200, type: 'text/html; charset=utf-8', body: document }],
    ...frame,
    ...pages,
  ]);
};

const builtFrame = async (): Promise<[string, PageAnswer][]> => {
  const { script, styles } = await bundleWithStyles('test/page/frame/main.tsx');
  return [
    ['/frame.js', { status: 200, type: TYPES.script, body: script }],
    ['/frame.css', { status: 200, type: TYPES.styles, body: styles }],
  ];
};

const appPages = (): Promise<[string, PageAnswer]>[] => {
  const { modules, resources } = Manifest.parse(parse(readFileSync(MANIFEST_FILE, 'utf8')));
  return Object.values(modules)
    .flat()
    .flatMap(({ key, resource }) => {
      const path = resources.find((one) => one.key === resource)?.path;
      return path === undefined ? [] : [pageOf(key, path)];
    });
};

const pageOf = async (key: string, path: string): Promise<[string, PageAnswer]> => [
  `/ui/${key}.js`,
  { status: 200, type: TYPES.script, body: await bundleResource(path, 'development') },
];
