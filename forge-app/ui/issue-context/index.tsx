import ForgeReconciler from '@forge/react';
import { IssueContext } from './issue-context';

ForgeReconciler.render(<IssueContext />);
