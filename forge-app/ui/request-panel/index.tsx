import ForgeReconciler from '@forge/react';
import { RequestPanel } from './request-panel';

ForgeReconciler.render(<RequestPanel />);
