import type { AcceptedSurvivor } from '../survivor';

export const CORE: readonly AcceptedSurvivor[] = [];
