import { z } from 'zod';
import { figureOf, ratioOf } from '../interleave';
import type { Measure } from '../measure';
import { bundle, runBundle } from '../program';

const Rounds = z.array(z.number()).min(1);
const Measured = z.object({ ours: Rounds, unverified: Rounds });

export const overHttp: Measure = {
  name: 'ingress over HTTP, requests a second',
  against: 'the same server without any verification, AWS answering at once',
  goal: { direction: 'at least', bound: 0.7 },
  judgedIn: '×',
  unit: '1/s',
  run: async ({ folder, progress }) => {
    progress('bundling');
    const server = await bundle(folder, 'http-server', `import './programs/http-server';`);
    const load = await bundle(folder, 'http-load', `import './programs/http-load';`);
    progress('sending');
    const { ours, unverified } = await runBundle(load, Measured, server.path);
    return { judged: ratioOf(ours, unverified), ours: figureOf(ours), baseline: figureOf(unverified) };
  },
};
