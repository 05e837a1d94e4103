import type { shared as english } from '../en/shared';

export const shared: typeof english = {
  loading: 'Wird geladen',
  again: 'Noch einmal versuchen',
  refusals: {
    'signed-out': 'Melden Sie sich an, um dies zu sehen.',
    'not-yours':
      'Sie dürfen dies nicht sehen oder tun. Fragen Sie den Service Desk, wenn Sie meinen, dass Sie es dürfen sollten.',
    'not-set-up':
      'Gatehouse ist für dieses Projekt nicht eingerichtet, oder seine Einstellungen sind nicht lesbar. Das kann ein Projektadministrator in Ordnung bringen.',
    invalid: 'Etwas, das eingegeben wurde, ist nicht verwendbar.',
    changed: 'Es hat sich inzwischen geändert. Sehen Sie noch einmal nach, bevor Sie weitermachen.',
    unavailable: 'Dies war gerade nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  },
  states: {
    'refused-order': 'Nicht ausführbar',
    'awaiting-approval': 'Wartet auf Genehmigung',
    declined: 'Abgelehnt',
    blocked: 'Angehalten',
    sending: 'Auf dem Weg zu AWS',
    provisioning: 'Wird angelegt',
    'rolling-back': 'Wird rückgängig gemacht',
    succeeded: 'Fertig',
    tainted: 'Fertig, mit einem Fehler',
    failed: 'Fehlgeschlagen',
    refused: 'Von AWS nicht angenommen',
    lost: 'Nicht bekannt',
    expired: 'Abgelaufen',
    withdrawn: 'Zurückgezogen',
    stuck: 'Braucht einen Agenten',
  },
  because: (what) => `Die Antwort lautete: ${what}`,
};
