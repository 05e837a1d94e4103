import type { FlagOptions } from '@forge/bridge';
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { useSyncExternalStore } from 'react';

interface Notice {
  readonly id: string;
  readonly flag: FlagOptions;
}

let notices: readonly Notice[] = [];
const listeners = new Set<() => void>();

const change = (next: readonly Notice[]): void => {
  notices = next;
  for (const told of listeners) told();
};

const listen = (told: () => void): (() => void) => {
  listeners.add(told);
  return () => listeners.delete(told);
};

/** Milliseconds that a notice stays which goes by itself. */
const STAYS = 8000;

export const closeNotice = (id: string): void => change(notices.filter((notice) => notice.id !== id));

/** Shows what a page of the app tells by a flag. */
export const showNotice = (flag: FlagOptions): void => {
  const id = String(flag.id);
  change([...notices.filter((notice) => notice.id !== id), { id, flag }]);
  if (flag.isAutoDismiss) setTimeout(() => closeNotice(id), STAYS);
};

const LOOKS = { info: 'information', success: 'success', warning: 'warning', error: 'error' } as const;

/** The flags that are up, in a corner. */
export const Notices = () => {
  const shown = useSyncExternalStore(listen, () => notices);
  return (
    <div className="notices" role="status">
      {shown.map(({ id, flag }) => (
        <SectionMessage key={id} appearance={LOOKS[flag.type ?? 'info']} title={flag.title ?? ''}>
          <p>{flag.description}</p>
          <div className="row">
            {(flag.actions ?? []).map(({ text, onClick }) => (
              <Button key={text} spacing="compact" onClick={onClick}>
                {text}
              </Button>
            ))}
            <Button spacing="compact" appearance="subtle" onClick={() => closeNotice(id)}>
              Dismiss
            </Button>
          </div>
        </SectionMessage>
      ))}
    </div>
  );
};
