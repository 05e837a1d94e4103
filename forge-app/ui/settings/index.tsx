import ForgeReconciler from '@forge/react';
import { SettingsPage } from './settings-page';

ForgeReconciler.render(<SettingsPage />);
