import { createApp } from './app';

export const { onIssueCreated, onIssueUpdated, onDelivery, onBridgeCallback, onSweep, onCatalogSync } =
  createApp({ env: process.env, now: () => new Date(), random: Math.random });
