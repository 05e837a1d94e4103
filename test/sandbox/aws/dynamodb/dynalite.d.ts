declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** @param options.createTableMs how long a new table is CREATING, in milliseconds of real time */
  export default function dynalite(options?: { createTableMs?: number }): Server;
}
