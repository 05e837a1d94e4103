import type { settings as english } from '../en/settings';

const listed = (about: readonly string[]): string => about.join(', ');

export const settings: typeof english = {
  tabs: {
    connection: 'Verbindung',
    products: 'Produkte',
    accounts: 'Konten',
    approval: 'Genehmigung',
    check: 'Prüfung',
  },
  begin:
    'Dieses Projekt benutzt Gatehouse noch nicht. Gehen Sie die Reiter von links nach rechts durch: verbinden, Katalog abgleichen, Produkte zuordnen, Konten auflisten, Status wählen, speichern, prüfen.',
  unusable:
    'Die gespeicherten Einstellungen sind nicht verwendbar. Bis sie berichtigt und gespeichert sind, wird aus diesem Projekt nichts angelegt.',
  problems: {
    gatehouse: 'Für so viele Einstellungen hat Jira keinen Platz. Führen Sie weniger Konten auf.',
    products: 'Jedes Paar aus Produkt und Anfragetyp darf nur einmal vorkommen.',
    'products.productId': 'Wählen Sie ein Produkt.',
    'products.requestTypeId': 'Wählen Sie einen Anfragetyp.',
    accounts: 'Jedes Konto darf nur einmal vorkommen.',
    accountsIn:
      'Eine Liste von Konten, die die Einstellungen nennen, ist nicht da. Beim Speichern fallen ihre Konten weg.',
    'accounts.id': 'Geben Sie die zwölf Ziffern des AWS-Kontos ein.',
    'accounts.name': 'Geben Sie in 1 bis 100 Zeichen ein, wie man das Konto nennt.',
    'accounts.regions': 'Geben Sie mindestens eine Region ein, etwa eu-west-1.',
    'accounts.organizations': 'Wählen Sie mindestens eine Organisation oder Gruppe, oder alle.',
    'accounts.groups': 'Wählen Sie Gruppen aus der Liste.',
    'gates.requestTypeId': 'Wählen Sie einen Anfragetyp, den kein Produkt hat.',
    'gates.approversField': 'Wählen Sie ein Feld, oder nehmen Sie die Genehmiger heraus.',
    'gates.approvers': 'Wählen Sie 1 bis 50 Genehmiger, oder lassen Sie das Feld weg.',
    statuses: 'Wählen Sie einen Status des Workflows.',
  },
  remove: 'Entfernen',
  choose: 'Wählen …',
  save: {
    save: 'Speichern',
    unsaved: 'Es gibt ungespeicherte Änderungen.',
    saved: 'Gespeichert.',
    invalid: 'Nicht gespeichert: Etwas ist so nicht verwendbar.',
    changed:
      'Nicht gespeichert: Jemand anders hat in der Zwischenzeit gespeichert. Ihre Änderungen sind noch da.',
    load: 'Meine Änderungen verwerfen und den gespeicherten Stand laden',
    tooLong:
      'Eine Seite von Forge kann 500 kB senden, und dies ist mehr. Lassen Sie die Konten hier, wie sie sind, und schreiben Sie sie mit npm run settings.',
    in: (tab) => `Im Reiter ${tab}`,
  },
  connection: {
    others:
      'Die Verbindung gilt für die ganze Jira-Site. Ändern kann sie, wer Jira verwaltet; Sie sehen, wie es um sie steht.',
    addresses: 'Adressen',
    bridgeUrl: 'Die Brücke',
    callbackUrl: 'Gatehouse (jira.callbackUrl in gatehouse.yml)',
    unknownUrl: 'Hier nicht bekannt',
    howToChange:
      'Die Adresse der Brücke gehört zum Deployment: export BRIDGE_URL=https://…, danach forge deploy und forge install --upgrade. Hier steht die Variable der App: forge variables set BRIDGE_URL mit derselben Adresse.',
    sources: {
      stored: 'Hier hinterlegt',
      deployed: 'Aus dem Deployment',
      missing: 'Fehlt',
      unusable: 'Nicht verwendbar',
    },
    ways: {
      toBridge: {
        title: 'Geheimnis zur Brücke',
        what: 'Damit unterschreibt Gatehouse, was es an AWS schickt.',
        secretName: 'gatehouse/webhook',
        generate: 'Geheimnis zur Brücke erzeugen',
        enter: 'Geheimnis zur Brücke eingeben',
        exchangeGenerate: 'Neues Geheimnis zur Brücke erzeugen',
        exchangeEnter: 'Neues Geheimnis zur Brücke eingeben',
        switchOver: 'Neues Geheimnis zur Brücke verwenden',
        giveUp: 'Neues Geheimnis zur Brücke aufgeben',
      },
      fromBridge: {
        title: 'Geheimnis von der Brücke',
        what: 'Damit unterschreibt die Brücke, was sie Jira mitteilt.',
        secretName: 'gatehouse/callback',
        generate: 'Geheimnis von der Brücke erzeugen',
        enter: 'Geheimnis von der Brücke eingeben',
        exchangeGenerate: 'Neues Geheimnis von der Brücke erzeugen',
        exchangeEnter: 'Neues Geheimnis von der Brücke eingeben',
        switchOver: 'Altes Geheimnis von der Brücke ablegen',
        giveUp: 'Neues Geheimnis von der Brücke aufgeben',
      },
    },
    since: (moment) => `seit ${moment}`,
    missing: 'Ohne dieses Geheimnis kann nichts verschickt oder angenommen werden.',
    unusable:
      'Die Variable der App ist kein Webhook-Geheimnis (whsec_…). Hinterlegen Sie stattdessen hier eines.',
    entering: 'Geheimnis (whsec_…)',
    store: 'Hinterlegen',
    malformed: 'Das ist kein Webhook-Geheimnis: whsec_ und danach 24 bis 64 Byte in Base64.',
    cancel: 'Abbrechen',
    generated:
      'Kopieren Sie es jetzt. Es wird nur dieses eine Mal gezeigt und kann nie wieder gelesen werden.',
    putInto: (name) => `Der Wert von ${name} in AWS Secrets Manager:`,
    previous: 'was bisher unter current stand',
    putAway: 'Ich habe es kopiert',
    underWay: (moment) => `Seit ${moment} wird ein neues Geheimnis eingeführt.`,
    steps: {
      toBridge: [
        'Bearbeiten Sie in AWS Secrets Manager gatehouse/webhook: Das neue Geheimnis wird „current“, und was dort stand, wird „previous“. Die Brücke nimmt dann beide an.',
        'Warten Sie fünf Minuten: So lange verwendet die Brücke, was sie gelesen hat.',
        'Testen Sie mit dem neuen Geheimnis.',
        'Verwenden Sie hier das neue Geheimnis.',
        'Entfernen Sie fünf Minuten später „previous“ in AWS Secrets Manager und testen Sie noch einmal.',
      ],
      fromBridge: [
        'Gatehouse nimmt ab jetzt beide Geheimnisse an.',
        'Bearbeiten Sie in AWS Secrets Manager gatehouse/callback: Das neue Geheimnis wird „current“.',
        'Warten Sie fünf Minuten: So lange verwendet die Brücke, was sie gelesen hat.',
        'Testen Sie: Das Ergebnis sagt, mit welchem der beiden Geheimnisse die Brücke unterschrieben hat.',
        'Sobald es das neue ist, legen Sie hier das alte ab.',
      ],
    },
    testNext: 'Mit dem neuen Geheimnis testen',
    notTested: 'Noch hat kein Test gezeigt, dass die andere Seite das neue Geheimnis hat.',
  },
  test: {
    title: 'Test',
    run: 'Beide Wege testen',
    running: 'Test läuft …',
    wayTo: 'Zur Brücke',
    wayBack: 'Zurück zu Jira',
    open: 'Offen',
    openNext: 'Offen, mit dem neuen Geheimnis',
    underWay: 'Unterwegs',
    notTried: 'Nicht versucht',
    failed: 'Versperrt',
    status: (status) => `Die Antwort hatte den Status ${status}.`,
    closed: {
      'no-key': 'Es gibt kein Geheimnis, mit dem unterschrieben werden könnte. Hinterlegen Sie eines.',
      unreachable:
        'Unter der Adresse der Brücke antwortet niemand. Prüfen Sie die Adresse oben, und ob die Brücke in Betrieb ist.',
      unauthenticated:
        'Die Brücke glaubt uns nicht: Das Geheimnis in AWS (gatehouse/webhook) ist ein anderes, oder die Brücke wurde für eine andere App-Id in Betrieb genommen. Was in AWS geändert wird, gilt nach fünf Minuten.',
      'wrong-site':
        'Die Brücke gehört zu einer anderen Jira-Site. Nehmen Sie sie für diese Site in Betrieb, oder verbinden Sie die Brücke dieser Site.',
      outdated: 'Die Brücke kennt diesen Test noch nicht. Nehmen Sie ihre neueste Version in Betrieb.',
      'not-the-bridge': 'Es hat jemand geantwortet, der nicht die Brücke ist. Prüfen Sie die Adresse oben.',
      busy: 'Die Brücke konnte gerade nicht. Versuchen Sie es in einer Minute noch einmal.',
    },
    noWayBack: {
      'no-key':
        'Die Brücke hat kein Geheimnis, mit dem sie unterschreiben könnte: gatehouse/callback in AWS Secrets Manager ist leer oder nicht von der Form {"current": "whsec_…"}.',
      unreachable:
        'Unter der Adresse, die die Brücke von Jira hat, antwortet niemand. Setzen Sie jira.callbackUrl in gatehouse.yml auf die Adresse oben und nehmen Sie die Brücke neu in Betrieb.',
      refused:
        'Die Brücke wurde abgewiesen. 401: Das Geheimnis in AWS (gatehouse/callback) ist ein anderes. 404 oder 410: jira.callbackUrl in gatehouse.yml ist die einer anderen Installation.',
      'not-understood':
        'Die Adresse, die die Brücke von Jira hat, führt zu jemandem, der nicht diese App ist. Vergleichen Sie jira.callbackUrl in gatehouse.yml mit der Adresse oben.',
      broken: 'Der Test brach in AWS ab. Warum, steht im Protokoll der Funktion operation.',
      'too-late':
        'Innerhalb einer Minute kam nichts zurück. Testen Sie noch einmal; hilft das nicht, sehen Sie im Protokoll der Funktion operation nach.',
      elsewhere:
        'Die Brücke bekam eine Antwort, aber nicht von dieser Installation. Vergleichen Sie jira.callbackUrl in gatehouse.yml mit der Adresse oben.',
    },
  },
  catalogue: {
    title: 'Katalog',
    never: 'Er wurde noch nie abgeglichen.',
    synced: (moment, products) => `Abgeglichen ${moment}: ${products} Produkte.`,
    failed: (moment, reason) => `Der Versuch von ${moment} ist gescheitert: ${reason}`,
    tooLarge: (ids) => `Zu groß, um aufbewahrt zu werden, und daher nicht bestellbar: ${listed(ids)}`,
    synchronise: 'Jetzt abgleichen',
  },
  products: {
    title: 'Produkte und ihre Anfragetypen',
    none: 'Noch hat kein Produkt einen Anfragetyp.',
    product: 'Produkt',
    requestType: 'Anfragetyp',
    approval: 'Genehmigung',
    approvals: { required: 'Erforderlich', none: 'Nicht erforderlich' },
    gone: (id) => `${id} (nicht im Katalog)`,
    notLaunchable: (name) => `${name} (keine Version, die angelegt werden kann)`,
    unknownType: (id) => `Anfragetyp ${id}`,
    removeRow: (product) => `${product} entfernen`,
    approvalOf: (product) => `Genehmigung von ${product}`,
    map: 'Ein Produkt einem Anfragetyp zuordnen',
    add: 'Hinzufügen',
    create: 'Einen Anfragetyp für ein Produkt anlegen',
    createFor: 'Produkt des neuen Anfragetyps',
    name: 'Name im Portal',
    issueType: 'Vorgangstyp',
    createIt: 'Anlegen und zuordnen',
    created: (name) =>
      `${name} wurde angelegt und zugeordnet. Den Rest überlässt Jira Ihnen: Nehmen Sie den Anfragetyp in eine Gruppe des Portals auf (Projekteinstellungen, Anfragetypen), sehen Sie sein Formular durch, und sorgen Sie dafür, dass sein Vorgangstyp den Workflow mit der Genehmigung hat.`,
    portalHidden: 'noch nicht im Portal',
  },
  accounts: {
    title: 'AWS-Konten, und wer sie benutzen darf',
    none: 'Noch ist kein Konto aufgeführt.',
    add: 'Konto hinzufügen',
    account: (number) => `Konto ${number}`,
    id: 'Kontonummer',
    name: 'Name',
    regions: 'Regionen, durch Kommas getrennt',
    everyone: 'Alle, die Anfragen stellen können',
    organizations: 'Organisationen',
    groups: 'Jira-Gruppen',
    findGroup: 'Eine Gruppe nach ihrem Namen suchen',
    find: 'Suchen',
    found: 'Gefundene Gruppen',
    nothingFound: 'Nichts gefunden.',
    findAccount: 'Konten nach einem Teil ihres Namens oder ihrer Nummer suchen',
    findThem: 'Konten suchen',
    noneFound: 'Kein Konto hat das in Namen oder Nummer.',
    previous: 'Vorige Konten',
    next: 'Weitere Konten',
    shown: (from, to, of) => `Konten ${from} bis ${to} von ${of}`,
    removeIt: (name) => `${name} entfernen`,
  },
  approval: {
    statuses: 'Status',
    statusesHint: 'Wählen Sie aus dem Workflow des Projekts.',
    names: {
      awaitingApproval: 'Wartet auf Genehmigung',
      approved: 'Genehmigt',
      done: 'Fertig',
      declined: 'Abgelehnt',
      failed: 'Fehlgeschlagen',
    },
    duties: 'Trennung der Aufgaben',
    separationOfDuties: 'Wer eine Anfrage stellt, kann sie nicht selbst genehmigen',
    gates: 'Stacks aus der AWS-Konsole',
    takesGates: 'Dieses Projekt genehmigt Stacks, die in AWS gestartet wurden',
    gateRequestType: 'Anfragetyp dieser Anfragen',
    approversField: 'Feld, aus dem der Genehmigungsschritt seine Genehmiger nimmt',
    workflowNames: 'Der Workflow nennt die Genehmiger',
    approvers: 'Genehmiger',
    findPerson: 'Eine Person suchen',
    find: 'Suchen',
    found: 'Gefundene Personen',
    nothingFound: 'Niemanden gefunden.',
  },
  check: {
    title: 'Prüfung der Einrichtung',
    hint: 'Geprüft wird, was gespeichert ist.',
    again: 'Noch einmal prüfen',
    states: { ok: 'In Ordnung', missing: 'Zu tun', advice: 'Empfehlung', unknown: 'Nicht bekannt' },
    checks: {
      'secret-to-bridge': {
        title: 'Das Geheimnis zur Brücke ist hinterlegt',
        todo: () => 'Hinterlegen Sie es im Reiter Verbindung.',
      },
      'secret-from-bridge': {
        title: 'Das Geheimnis von der Brücke ist hinterlegt',
        todo: () => 'Hinterlegen Sie es im Reiter Verbindung.',
      },
      'callback-arrived': {
        title: 'Die Brücke hat sich gemeldet, seit die Geheimnisse hinterlegt sind',
        todo: () => 'Testen Sie die Verbindung im Reiter Verbindung.',
      },
      'catalogue-fresh': {
        title: 'Der Katalog ist auf dem neuesten Stand',
        todo: (about) =>
          about.length === 0
            ? 'Gleichen Sie ihn im Reiter Produkte ab.'
            : `Gleichen Sie ihn im Reiter Produkte ab, und kümmern Sie sich hierum: ${listed(about)}`,
      },
      'settings-readable': {
        title: 'Die Einstellungen sind gespeichert und lesbar',
        todo: (about) =>
          about.length === 0 ? 'Speichern Sie sie.' : `Berichtigen Sie sie: ${about.join(' ')}`,
      },
      'products-mapped': {
        title: 'Produkte haben Anfragetypen',
        todo: () => 'Ordnen Sie sie im Reiter Produkte zu.',
      },
      'products-offered': {
        title: 'Jedes zugeordnete Produkt kann angelegt werden',
        todo: (about) => `Nicht im Katalog, oder ohne Version, die angelegt werden kann: ${listed(about)}`,
      },
      'request-types-exist': {
        title: 'Jeden zugeordneten Anfragetyp gibt es',
        todo: (about) =>
          `Das Projekt hat keinen Anfragetyp ${listed(about)}. Wählen Sie im Reiter Produkte andere.`,
        unknown: 'Jira hat nicht gesagt, welche Anfragetypen es gibt.',
      },
      'request-types-in-portal': {
        title: 'Kunden sehen die Anfragetypen',
        todo: (about) =>
          `In keiner Gruppe des Portals: ${listed(about)}. Nehmen Sie sie auf: Projekteinstellungen, Anfragetypen, Portalgruppen.`,
        unknown: 'Jira hat nicht gesagt, welche Anfragetypen das Portal zeigt.',
      },
      'accounts-listed': {
        title: 'Konten sind aufgeführt',
        todo: () => 'Führen Sie sie im Reiter Konten auf.',
      },
      'regions-covered': {
        title: 'Zu jedem Produkt gibt es ein Konto mit seiner Region',
        todo: (about) => `Kein Konto hat die Region von: ${listed(about)}`,
      },
      'statuses-exist': {
        title: 'Die Status gibt es im Workflow',
        todo: (about) => `Im Workflow fehlt: ${listed(about)}`,
        unknown:
          'Es steht noch nicht fest, welche Vorgangstypen benutzt werden, oder Jira hat ihre Status nicht genannt.',
      },
      'arrives-waiting': {
        title: 'Anfragen beginnen im wartenden Status',
        todo: (about) => `Sie beginnen woanders im Workflow ${listed(about)}.`,
        unknown:
          'Prüfen kann das, wer Jira verwaltet. Sehen Sie nach, ob der erste Status des Workflows der wartende ist.',
      },
      'approval-step': {
        title: 'Der wartende Status hat einen Genehmigungsschritt',
        todo: (about) =>
          `Ohne ihn, oder er führt nicht zu genehmigt und abgelehnt: ${listed(about)}. Bearbeiten Sie den Workflow, wählen Sie den Status und fügen Sie eine Genehmigung hinzu.`,
        unknown: 'Prüfen kann das, wer Jira verwaltet. Sehen Sie im Workflow-Editor den wartenden Status an.',
      },
      'approvers-field': {
        title: 'Der Genehmigungsschritt nimmt seine Genehmiger aus einem Feld',
        todo: (about) => `Kein Feld mit Genehmigern in: ${listed(about)}`,
        unknown:
          'Prüfen kann das, wer Jira verwaltet. Sehen Sie im Workflow-Editor den Genehmigungsschritt an.',
      },
      'reporter-excluded': {
        title: 'Niemand genehmigt die eigene Anfrage',
        todo: (about) =>
          `Gatehouse zählt eine solche Genehmigung nicht. Schließen Sie im Genehmigungsschritt von ${listed(about)} den Autor aus, damit niemand vergeblich gefragt wird.`,
        unknown:
          'Prüfen kann das, wer Jira verwaltet: Der Genehmigungsschritt sollte den Autor ausschließen.',
      },
      'ways-on': {
        title: 'Der Workflow führt weiter',
        todo: (about) =>
          `Ohne diese Wege wird eine Anfrage nicht verschoben, und ein interner Kommentar sagt es: ${listed(about)}`,
        unknown:
          'Prüfen kann das, wer Jira verwaltet. Es sollte Wege von wartend zu abgelehnt und von genehmigt zu fertig und fehlgeschlagen geben.',
      },
      'gate-request-type': {
        title: 'Der Anfragetyp für Stacks aus der AWS-Konsole ist eingerichtet',
        todo: (about) =>
          `Sehen Sie ${listed(about)} an: Es muss ihn geben, und niemand soll ihn von Hand benutzen; nehmen Sie ihn daher aus den Gruppen des Portals.`,
        unknown: 'Jira hat nicht gesagt, welche Anfragetypen es gibt.',
      },
      'gate-fields': {
        title: 'Sein Formular fragt nach dem, was Gatehouse ausfüllt',
        todo: (about) =>
          `Es braucht Zusammenfassung, Beschreibung und das Feld der Genehmiger, und kein anderes Feld darf Pflicht sein. Sehen Sie nach bei: ${listed(about)}`,
        unknown: 'Jira hat nicht gesagt, welche Felder das Formular hat.',
      },
      'app-permissions': {
        title: 'Gatehouse hat die Berechtigungen, die es braucht',
        todo: (about) =>
          `Geben Sie sie im Berechtigungsschema der Projektrolle atlassian-addons-project-access: ${listed(about)}`,
        unknown: 'Jira hat die Berechtigungen der App nicht genannt.',
      },
      'mail-approvals': {
        title: 'Genehmigungen per E-Mail verlangen eine Anmeldung',
        todo: () => '',
        unknown:
          'Diese Einstellung kann keine App lesen. Lassen Sie sie von jemandem, der Jira verwaltet, einschalten: Mail-Scanner öffnen Links.',
      },
    },
    allWell: 'Alles, was geprüft werden kann, ist in Ordnung.',
    open: (count) => (count === 1 ? 'Eines ist noch zu tun.' : `${count} Dinge sind noch zu tun.`),
  },
};
