// Forge loads handlers from ./src only; the app itself lies in forge-app.
export {
  agentPages,
  onBridgeCallback,
  onCatalogRest,
  onCatalogSync,
  onDelivery,
  onIssueCreated,
  onIssueUpdated,
  onSweep,
  onSweepRest,
  portalPages,
  settingsPages,
} from '../forge-app/index';
