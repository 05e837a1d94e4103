import { composeIngress } from './compose';

export const handler = composeIngress(process.env);
