import { composeGate } from './compose';

export const handler = composeGate(process.env);
