import FeatureGates, { FeatureGateEnvironment } from '@atlaskit/feature-gate-js-client';
import { setGlobalTheme } from '@atlaskit/tokens';
import { createRoot } from 'react-dom/client';
import type { FullContext } from '../host/page-bridge';
import { ModuleFrame } from '../host/module-frame';

declare global {
  interface Window {
    /** What the page on the stage did, for a test to look at. */
    heard: { readonly what: string; readonly given: unknown }[];
  }
}

window.heard = [];
const hear = (what: string) => (given: unknown) => void window.heard.push({ what, given });

const context: FullContext = {
  accountId: 'account-of-the-visitor',
  environmentId: '22222222-2222-2222-2222-222222222222',
  environmentType: 'DEVELOPMENT',
  extension: {},
  localId: 'local',
  locale: 'en-US',
  moduleKey: 'stage',
  siteUrl: 'https://example.atlassian.net',
  timezone: 'UTC',
};

/** A bare window with one page of the app in it. */
const start = async (): Promise<void> => {
  await FeatureGates.initializeFromValues(
    { environment: FeatureGateEnvironment.Production, targetApp: 'stage' },
    {},
  );
  await setGlobalTheme({ colorMode: 'light', spacing: 'spacing', typography: 'typography', shape: 'shape' });
  const place = document.getElementById('stage');
  if (place === null) throw new Error('The document has no stage');
  createRoot(place).render(
    <main>
      <h1>A stage</h1>
      <ModuleFrame
        moduleKey="stage"
        src="/ui/page.js"
        context={context}
        invoke={() => Promise.resolve({ outcome: 'refused', code: 'unavailable' })}
        onSubmit={hear('submit')}
        onNavigate={hear('navigate')}
        onFlag={({ id, title }) => hear('flag')({ id, title })}
        onFlagClosed={hear('flag closed')}
      />
    </main>,
  );
};

void start();
