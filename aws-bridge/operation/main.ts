import { composeOperation } from './compose';

export const handler = composeOperation(process.env);
