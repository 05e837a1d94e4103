// Forge loads handlers from ./src only; the app itself lies in forge-app.
export {
  onBridgeCallback,
  onCatalogSync,
  onDelivery,
  onIssueCreated,
  onIssueUpdated,
  onSweep,
} from '../forge-app/index';
