// Keeps the template of every product version that has none yet, and refuses to change one that was released.
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { catalogue } from '../products/catalogue';
import { keepVersions } from './kept-versions';

/** As `npm run check` wants every file. */
const layOut = async (json: string, path: string): Promise<string> =>
  format(json, { ...(await resolveConfig(path)), parser: 'json' });

const keep = async (): Promise<void> => {
  const written = await keepVersions(catalogue, join(import.meta.dirname, '..', 'products'), layOut);
  for (const file of written) console.log(`kept products/${file}`);
  if (written.length === 0) console.log('Every version is kept already.');
};

keep().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
