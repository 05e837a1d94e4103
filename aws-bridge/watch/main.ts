import { composeWatch } from './compose';

export const handler = composeWatch(process.env);
