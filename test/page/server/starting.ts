import type { Answering } from './page-server';

/** What the page shows until the sandbox is there; it looks again by itself. */
export const starting =
  (progress: () => string): Answering =>
  (_message, _response, url) =>
    Promise.resolve(
      url.pathname === '/'
        ? {
            status: 503,
            type: 'text/html; charset=utf-8',
            body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="1"><title>Gatehouse is starting</title>
<body style="font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 32rem; padding: 0 1rem">
<h1 style="font-size: 1.5rem">Gatehouse is starting</h1><p role="status">${progress()}</p></body></html>`,
          }
        : { status: 503, type: 'text/plain; charset=utf-8', body: progress() },
    );
