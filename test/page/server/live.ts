import type { ServerResponse } from 'node:http';

/** Milliseconds between two messages of one kind: enough to seem at once, and no flood when time runs fast. */
const PAUSE = 250;

/**
 * Tells every open page that something changed, and what time it is, as server-sent events. What is told says only that there
 * is something to ask for, so that a page which missed a message has missed nothing.
 */
export const createLive = (timeNow: () => unknown) => {
  const pages = new Set<ServerResponse>();
  const due = new Map<string, NodeJS.Timeout>();

  const write = (kind: string): void => {
    due.delete(kind);
    const data = JSON.stringify(kind === 'time' ? timeNow() : {});
    for (const page of pages) page.write(`event: ${kind}\ndata: ${data}\n\n`);
  };

  /** Tells soon, once for everything until then. */
  const tell = (kind: 'change' | 'time'): void => {
    if (!due.has(kind))
      due.set(
        kind,
        setTimeout(() => write(kind), PAUSE),
      );
  };

  return {
    changed: (): void => {
      tell('change');
      tell('time');
    },
    timePassed: (): void => tell('time'),
    /** Keeps a page told until it goes. */
    join: (response: ServerResponse): void => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`retry: 1000\nevent: time\ndata: ${JSON.stringify(timeNow())}\n\n`);
      pages.add(response);
      response.on('close', () => pages.delete(response));
    },
    close: (): void => {
      for (const timer of due.values()) clearTimeout(timer);
      for (const page of pages) page.end();
    },
  };
};
export type Live = ReturnType<typeof createLive>;
