import { createApp } from './app';

export const {
  onIssueCreated,
  onIssueUpdated,
  onDelivery,
  onBridgeCallback,
  onSweep,
  onSweepRest,
  onCatalogSync,
  onCatalogRest,
  portalPages,
  agentPages,
  settingsPages,
} = createApp({ env: process.env, now: () => new Date(), random: Math.random });
