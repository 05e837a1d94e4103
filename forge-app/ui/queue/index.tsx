import ForgeReconciler from '@forge/react';
import { QueuePage } from './queue-page';

ForgeReconciler.render(<QueuePage />);
