import { composeCatalog } from './compose';

export const handler = composeCatalog(process.env);
