import { useEffect, useState } from 'react';
import type { PersonName } from '../../sandbox/site';
import { ModuleFrame } from '../host/module-frame';
import type { FullContext, Visit } from '../host/page-bridge';
import { act, Refused, tell } from './ask';
import { useTime } from './live';
import { useLocale } from './locale';
import { closeNotice, showNotice } from './notices';
import { Panel, Problem, Waiting } from './parts';
import { go, placeAt } from './place';

/** What a create screen's panel hands over to the portal. */
export interface Submitted {
  readonly fields: readonly unknown[];
  readonly isValid: boolean;
}

type Opened =
  | { readonly kind: 'shown'; readonly context: FullContext }
  | { readonly kind: 'refused'; readonly reason: string };

/** Goes where a page of the app leads: within this page wherever it plays that place. */
const follow = (visit: Visit, person: PersonName): void => {
  if (visit.url === undefined) throw new Error(`This page plays no place ${JSON.stringify(visit)}`);
  const place = placeAt(visit.url, person);
  if (place) go(place);
  else window.open(visit.url, '_blank', 'noopener');
};

const isSubmitted = (value: unknown): value is Submitted =>
  typeof value === 'object' &&
  value !== null &&
  'fields' in value &&
  Array.isArray(value.fields) &&
  'isValid' in value &&
  typeof value.isValid === 'boolean';

interface ModuleProps {
  readonly person: PersonName;
  /** Key of the manifest's module. */
  readonly module: string;
  /** Where the page stands, as far as a browser says it. */
  readonly extension: Readonly<Record<string, unknown>>;
  /** A heading above it, where the place has none of its own. */
  readonly title?: string;
  /** Takes what a create screen's panel submits. */
  readonly onSubmit?: (submitted: Submitted) => void;
}

/** A module of the app, where Jira shows it: nothing at all to somebody whom Jira or Forge shows nothing. */
export const Module = ({ person, module, extension, title, onSubmit }: ModuleProps) => {
  const [locale] = useLocale();
  const time = useTime();
  const [opened, setOpened] = useState<Opened | undefined>();
  const [problem, setProblem] = useState<unknown>(undefined);
  const [times, setTimes] = useState(0);
  const place = JSON.stringify({ as: person, module, extension, locale });

  useEffect(() => {
    let left = false;
    tell<Opened>('/api/page', JSON.parse(place) as object).then(
      (answer) => {
        if (!left) setOpened(answer);
      },
      (error: unknown) => {
        if (!left) setProblem(error);
      },
    );
    return () => {
      left = true;
    };
  }, [place]);

  if (problem !== undefined) return <Problem problem={problem} />;
  if (opened === undefined) return <Waiting what="The app’s page opens …" />;
  if (opened.kind === 'refused') return null;
  const page = (
    <ModuleFrame
      key={`${place} ${times}`}
      moduleKey={module}
      src={`/ui/${module}.js`}
      context={opened.context}
      now={time && Date.parse(time.now)}
      invoke={async (functionKey, payload) => {
        const { result } = await act<{ result: unknown }>({
          ...{ kind: 'page call', as: person, module, functionKey, payload, extension, locale },
        });
        return result;
      }}
      onSubmit={(submitted) => {
        if (!onSubmit || !isSubmitted(submitted)) {
          throw new Refused(
            0,
            `${module} submitted what its place cannot take: ${JSON.stringify(submitted)}`,
          );
        }
        onSubmit(submitted);
      }}
      onNavigate={(visit) => follow(visit, person)}
      onFlag={showNotice}
      onFlagClosed={closeNotice}
      onRefresh={() => setTimes((before) => before + 1)}
    />
  );
  return title === undefined ? page : <Panel title={title}>{page}</Panel>;
};
