import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HUB, REGION } from '../../sandbox/organization';
import { ROOT } from '../../sandbox/site';
import { createKeyPairs } from '../../sandbox/aws/kms/key-pair';

export const SEALING_KEY = `arn:aws:kms:${REGION}:${HUB}:key/5f0e8a52-1c7d-4a3b-9e64-7d1b2c3f4a50`;

const FILE = join(ROOT, 'node_modules', '.cache', 'gatehouse-simulation', 'key.pem');

/** The one key pair of every world, made once for all workers. */
export const keyPairOfWorlds = createKeyPairs({
  read: () => (existsSync(FILE) ? readFileSync(FILE, 'utf8') : undefined),
  write: (_id, pem) => {
    const whole = `${FILE}.${process.pid}`;
    writeFileSync(whole, pem, { mode: 0o600 });
    renameSync(whole, FILE);
  },
});

/** Making one takes seconds of real time, while which simulated time would go on: it is there before the first world. */
export const makeSealingKey = () => keyPairOfWorlds(SEALING_KEY, 4096);
