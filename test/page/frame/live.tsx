import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { TimeView } from '../time/driver';

interface Live {
  /** Counts what has changed. */
  readonly version: number;
  readonly time: TimeView | undefined;
  /** Whether the sandbox can be heard. */
  readonly heard: boolean;
}

const LiveContext = createContext<Live>({ version: 0, time: undefined, heard: true });

/** Hears of every change and of the time, from the sandbox. */
export const LiveProvider = ({ children }: { readonly children: ReactNode }) => {
  const [live, setLive] = useState<Live>({ version: 0, time: undefined, heard: true });
  useEffect(() => {
    const events = new EventSource('/api/events');
    events.addEventListener('time', ({ data }: MessageEvent<string>) => {
      const time = JSON.parse(data) as TimeView; // the page's own server, in one build with it
      setLive((before) => ({ ...before, time }));
    });
    events.addEventListener('change', () =>
      setLive((before) => ({ ...before, version: before.version + 1 })),
    );
    // After a pause there may be something new.
    events.addEventListener('open', () =>
      setLive((before) => (before.heard ? before : { ...before, heard: true, version: before.version + 1 })),
    );
    events.addEventListener('error', () => setLive((before) => ({ ...before, heard: false })));
    return () => events.close();
  }, []);
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
};

export const useVersion = (): number => useContext(LiveContext).version;
export const useTime = (): TimeView | undefined => useContext(LiveContext).time;
export const useHeard = (): boolean => useContext(LiveContext).heard;
