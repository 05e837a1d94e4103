import type { Measure } from '../measure';
import { catalogue } from './catalogue';
import { following } from './following';
import { formOpening } from './form';
import { oneLaunch } from './one-launch';
import { queuePage } from './queue-page';
import { sweeps } from './sweep';

/** What counts, and what must not grow with what stands there. */
export const scale: readonly Measure[] = [
  ...oneLaunch,
  ...catalogue,
  ...following,
  ...formOpening,
  ...queuePage,
  ...sweeps,
];
