import { APP_BUGS } from './app-bugs';
import { GATE_BUGS } from './gate-bugs';
import { LAUNCH_BUGS } from './launch-bugs';
import type { SeededBug } from './seeded-bug';

export const SEEDED_BUGS: readonly SeededBug[] = [...LAUNCH_BUGS, ...APP_BUGS, ...GATE_BUGS];
