import { composeWake } from './compose';

export const handler = composeWake(process.env);
