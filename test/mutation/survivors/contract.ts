import type { AcceptedSurvivor } from '../survivor';

export const CONTRACT: readonly AcceptedSurvivor[] = [];
