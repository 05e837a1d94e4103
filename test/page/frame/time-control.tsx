import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Speed } from '../time/driver';
import { tell } from './ask';
import { useHeard, useTime } from './live';
import { instant } from './moment';

const MINUTE = 60_000;
const SPEEDS: readonly { readonly speed: Speed; readonly label: string; readonly words: string }[] = [
  { speed: 1, label: '×1', words: 'As fast as real time' },
  { speed: 60, label: '×60', words: 'A minute a second' },
  { speed: 3600, label: '×3600', words: 'An hour a second' },
];
const SKIPS = [
  { label: '10 min', words: '10 minutes', span: 10 * MINUTE },
  { label: '1 h', words: '1 hour', span: 60 * MINUTE },
  { label: '12 h', words: '12 hours', span: 720 * MINUTE },
] as const;

/** Simulated time: what it is, how fast it runs, and ways to skip some of it. */
export const TimeControl = () => {
  const time = useTime();
  const heard = useHeard();
  const [problem, setProblem] = useState('');
  const send = (body: object): void => {
    tell('/api/time', body).then(
      () => setProblem(''),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  };
  if (!time) return <div className="time" role="group" aria-label="Simulated time" />;
  const { skip } = time;
  const span = skip ? Date.parse(skip.to) - Date.parse(skip.from) : 0;
  const done = skip ? Math.round((100 * (Date.parse(time.now) - Date.parse(skip.from))) / span) : 0;
  return (
    <div className="time" role="group" aria-label="Simulated time">
      <span className="clock" data-testid="clock">
        <span className="hidden">Simulated time: </span>
        {instant(time.now)}
      </span>
      {skip ? (
        <>
          <progress value={done} max={100} aria-label="Skipping time" />
          <span className="skipping">to {instant(skip.to)}</span>
          <Button spacing="compact" onClick={() => send({ cancel: true })}>
            Stop
          </Button>
        </>
      ) : (
        <>
          <div className="segments" role="group" aria-label="Speed">
            {SPEEDS.map(({ speed, label, words }) => (
              <button
                key={speed}
                type="button"
                aria-pressed={time.speed === speed}
                title={words}
                onClick={() => send({ speed })}
              >
                {label}
              </button>
            ))}
          </div>
          <div className="segments" role="group" aria-label="Skip">
            {SKIPS.map(({ label, words, span: skipped }) => (
              <button
                key={label}
                type="button"
                title={`Skip ${words}`}
                onClick={() => send({ skip: skipped })}
              >
                <span className="hidden">Skip </span>+{label}
              </button>
            ))}
          </div>
        </>
      )}
      {problem === '' && heard ? null : (
        <span className="unheard" role="alert">
          {problem === '' ? 'The sandbox does not answer. Is it still running?' : problem}
        </span>
      )}
    </div>
  );
};
