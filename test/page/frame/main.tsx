import { setBooleanFeatureFlagResolver } from '@atlaskit/platform-feature-flags';
import { setGlobalTheme } from '@atlaskit/tokens';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Frame } from './frame';
import { LiveProvider } from './live';
import './frame.css';

const root = document.getElementById('frame');
if (!root) throw new Error('The document has no element #frame');
const show = async (element: HTMLElement): Promise<void> => {
  // Atlaskit asks for each feature that is being rolled out whether it is on; none is, and nobody outside is asked.
  setBooleanFeatureFlagResolver(() => false);
  await setGlobalTheme({ colorMode: 'light', light: 'light', spacing: 'spacing', typography: 'typography' });
  createRoot(element).render(
    <StrictMode>
      <LiveProvider>
        <Frame />
      </LiveProvider>
    </StrictMode>,
  );
};

void show(root);
