import ForgeReconciler from '@forge/react';
import { OrderFormPage } from './order-form-page';

ForgeReconciler.render(<OrderFormPage />);
