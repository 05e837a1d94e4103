import { token } from '@atlaskit/tokens';
import { useEffect, useRef, useState } from 'react';
import type { ForgeDoc } from '../renderer/forge-doc';
import { Failed } from '../renderer/not-modelled';
import { Rendered } from '../renderer/rendered';
import { createPageBridge, type Flag, type FullContext, type Visit } from './page-bridge';
import { createPageTime } from './page-time';

export interface ModuleFrameProps {
  /** As the manifest names the module; the ids of what it shows begin with it. */
  readonly moduleKey: string;
  /** Where the resource's script is, such as `/ui/queue.js`. */
  readonly src: string;
  /** What the platform tells the page. Another context opens the page anew. */
  readonly context: FullContext;
  /** Asks the resolver of the module. */
  readonly invoke: (functionKey: string, payload: unknown) => Promise<unknown>;
  readonly onSubmit: (payload: unknown) => void;
  /** The page, or a link on it, leads somewhere. */
  readonly onNavigate: (visit: Visit) => void;
  readonly onFlag: (flag: Flag) => void;
  readonly onFlagClosed: (id: string) => void;
  /** Left out where the page cannot be closed, or refreshed: it is told so. */
  readonly onClose?: (payload: unknown) => void;
  readonly onRefresh?: (payload: unknown) => void;
  /** How far simulated time has come, in milliseconds since 1970; a page's long waits go by real time without it. */
  readonly now?: number | undefined;
}

interface Shown {
  readonly document?: ForgeDoc;
  readonly problem?: string;
}

/** Says aloud what went wrong, so that a test that watches the console or the window hears of it. */
const report = (problem: string): void => {
  console.error(problem);
  reportError(new Error(problem));
};

/**
 * One page of the app: its real UI Kit code runs in a frame of its own that nobody sees, on a bridge of ours; what it draws is
 * shown here.
 */
export const ModuleFrame = (props: ModuleFrameProps) => {
  const { moduleKey, src } = props;
  const newest = useRef(props);
  newest.current = props;
  const place = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown>({});
  const contextText = JSON.stringify(props.context);
  const [time] = useState(createPageTime);

  useEffect(() => {
    if (props.now !== undefined) time.reach(props.now);
  }, [time, props.now]);

  useEffect(() => {
    const fail = (problem: string): void => {
      report(`${moduleKey}: ${problem}`);
      setShown((before) => ({ ...before, problem }));
    };
    setShown({});
    const { onClose, onRefresh } = newest.current;
    const bridge = createPageBridge({
      context: JSON.parse(contextText) as FullContext,
      invoke: (functionKey, payload) => newest.current.invoke(functionKey, payload),
      onReconcile: (document) => setShown((before) => ({ ...before, document })),
      onSubmit: (payload) => newest.current.onSubmit(payload),
      onNavigate: (visit) => newest.current.onNavigate(visit),
      onFlag: (flag) => newest.current.onFlag(flag),
      onFlagClosed: (id) => newest.current.onFlagClosed(id),
      onClose: onClose && ((payload) => newest.current.onClose?.(payload)),
      onRefresh: onRefresh && ((payload) => newest.current.onRefresh?.(payload)),
      fail,
    });
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.title = moduleKey;
    frame.addEventListener(
      'load',
      () => {
        const inside = frame.contentWindow;
        const page = frame.contentDocument;
        if (inside === null || page === null) return;
        Object.assign(inside, { __bridge: { callBridge: bridge.callBridge } });
        time.install(inside);
        inside.addEventListener('error', ({ message }) => fail(`the page failed: ${message}`));
        inside.addEventListener('unhandledrejection', ({ reason }) =>
          fail(`the page failed: ${String(reason)}`),
        );
        const script = page.createElement('script');
        script.addEventListener('error', () => fail(`${src} could not be loaded`));
        script.src = src;
        page.body.append(script);
      },
      { once: true },
    );
    place.current?.append(frame);
    return () => {
      bridge.close();
      frame.remove();
    };
  }, [moduleKey, src, contextText, time]);

  return (
    <section data-module={moduleKey} style={{ font: token('font.body'), color: token('color.text') }}>
      <div ref={place} />
      {shown.problem === undefined ? null : <Failed problem={shown.problem} />}
      {shown.document === undefined ? null : (
        <Rendered
          document={shown.document}
          scope={moduleKey}
          follow={(url, newTab) => props.onNavigate({ type: newTab ? 'new-tab' : 'same-tab', url })}
        />
      )}
    </section>
  );
};
