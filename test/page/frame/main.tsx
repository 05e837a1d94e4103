import { setGlobalTheme } from '@atlaskit/tokens';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Frame } from './frame';
import { LiveProvider } from './live';
import './frame.css';

const root = document.getElementById('frame');
if (!root) throw new Error('The document has no element #frame');
void setGlobalTheme({
  colorMode: 'light',
  light: 'light',
  spacing: 'spacing',
  typography: 'typography',
  shape: 'shape',
});
createRoot(root).render(
  <StrictMode>
    <LiveProvider>
      <Frame />
    </LiveProvider>
  </StrictMode>,
);
