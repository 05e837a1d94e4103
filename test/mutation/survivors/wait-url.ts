import type { AcceptedSurvivor } from '../survivor';

export const WAIT_URL: readonly AcceptedSurvivor[] = [];
