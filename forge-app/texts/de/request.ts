import type { request as english } from '../en/request';

const launchNext: typeof english.next.launch = {
  unchecked: 'Die Bestellung wird geprüft, sobald das möglich ist. Vorher kann sie niemand genehmigen.',
  unshown:
    'Die Bestellung ließ sich den Genehmigenden nicht anzeigen und kann deshalb nicht ausgeführt werden. Stellen Sie eine neue Anfrage mit kürzeren oder einfacheren Werten.',
  'held-up':
    'Die Bestellung ließ sich bisher nicht an AWS übergeben. Es wird von selbst erneut versucht; Sie brauchen nichts zu tun.',
  recalled: 'Es wird festgestellt, ob AWS die Bestellung schon übernommen hat. Gesendet wird sie nicht mehr.',
  cancelled: 'Nichts. Eine Genehmigung, die jetzt noch kommt, löst nichts mehr aus.',
  'refused-order':
    'Nichts. Stellen Sie eine neue Anfrage, in der berichtigt ist, was sich ändern muss; die Kommentare nennen es.',
  'awaiting-approval':
    'Jemand entscheidet über die Genehmigung. Wird sie erteilt, wird genau dies ausgeführt.',
  declined:
    'Nichts. Wenn Sie es weiterhin brauchen, sprechen Sie mit der Person, die abgelehnt hat, und stellen Sie dann eine neue Anfrage.',
  blocked: 'Es geht weiter, sobald behoben ist, was die Bestellung aufhält; die Kommentare nennen den Grund.',
  sending: 'Die Bestellung wird an AWS übergeben. Das dauert in der Regel eine Minute.',
  provisioning: 'AWS legt die Ressourcen an. Sie erfahren hier, wenn sie bereit sind.',
  'rolling-back': 'AWS macht rückgängig, was angelegt wurde. Danach erfahren Sie hier den Grund.',
  succeeded: 'Nichts. Sie können es verwenden.',
  tainted: 'Prüfen Sie es, bevor Sie sich darauf verlassen.',
  failed:
    'Berichtigen Sie, was hier genannt ist, und stellen Sie eine neue Anfrage, oder fragen Sie hier nach: Ein Agent kann die Bestellung noch einmal ausführen lassen.',
  refused:
    'Berichtigen Sie, was hier genannt ist, und stellen Sie eine neue Anfrage, oder fragen Sie hier nach: Ein Agent kann die Bestellung noch einmal ausführen lassen.',
  lost: 'Ein Agent sieht nach und antwortet hier. Bestellen Sie vorher nicht noch einmal: Es könnte doppelt angelegt werden.',
  expired: 'Nichts.',
  withdrawn: 'Nichts, solange die Anfrage nicht wieder geöffnet und genehmigt wird.',
  stuck: 'Ein Agent muss nachsehen und weiß Bescheid. Sie brauchen nichts zu tun.',
};

export const request: typeof english = {
  now: 'Aktueller Stand',
  since: (moment) => `Seit ${moment}`,
  next: {
    launch: launchNext,
    gate: {
      ...launchNext,
      unchecked: 'Die Genehmigung wird angefragt, sobald das möglich ist.',
      unshown: 'Worüber zu entscheiden ist, ließ sich nicht anzeigen; es kann nur abgelehnt werden.',
      'held-up':
        'Die Entscheidung ließ sich bisher nicht an AWS übergeben. Es wird von selbst erneut versucht; Sie brauchen nichts zu tun.',
      recalled:
        'Die Entscheidung wird nicht mehr an AWS gesendet. Falls sie vorher angekommen ist, gilt sie dort.',
      'awaiting-approval':
        'Jemand entscheidet über die Genehmigung. Wird sie erteilt, setzt AWS den Stack fort; entscheidet niemand rechtzeitig, macht AWS ihn rückgängig.',
      declined:
        'Nichts. Wenn der Stack weiterhin gebraucht wird, sprechen Sie mit der Person, die abgelehnt hat, und starten Sie ihn dann neu.',
      blocked:
        'Der Stack wartet weiter, bis behoben ist, was die Entscheidung aufhält, oder bis seine Zeit um ist.',
      sending: 'Die Entscheidung wird an AWS übergeben. Das dauert in der Regel eine Minute.',
      provisioning: 'AWS setzt den Stack fort. Sie erfahren hier, wenn er fertig ist.',
      'rolling-back': 'AWS macht den Stack rückgängig.',
      failed: 'Berichtigen Sie, was hier genannt ist, und starten Sie den Stack in AWS neu.',
      refused: 'Berichtigen Sie, was hier genannt ist, und starten Sie den Stack in AWS neu.',
      lost: 'Ein Agent sieht nach und antwortet hier.',
      expired:
        'Nichts. Wenn der Stack weiterhin gebraucht wird, starten Sie ihn in AWS neu und sagen Sie den Genehmigenden Bescheid.',
      withdrawn: 'Nichts: Der Stack wartet nicht mehr.',
    },
  },
  nextTitle: 'Wie es weitergeht',
  historyTitle: 'Was bisher geschah',
  history: {
    launch: {
      fixed: 'Die Bestellung wurde geprüft und festgehalten',
      'refused-order': 'Die Bestellung wurde geprüft und ist nicht ausführbar',
      approved: 'Genehmigt',
      'not-needed': 'Für dieses Produkt ist keine Genehmigung nötig',
      declined: 'Abgelehnt',
      sent: 'Auf dem Weg zu AWS',
      accepted: 'Von der Bridge in AWS übernommen',
      blocked: 'Angehalten: So ist die Bestellung nicht ausführbar',
      waiting: 'Wartet wieder auf Genehmigung',
      stuck: 'Braucht einen Agenten',
      recalled: 'Besteht nicht mehr so, wie es genehmigt wurde',
      'taken-back': 'Zurückgenommen, bevor es AWS erreicht hatte',
      withdrawn: 'Geschlossen, bevor jemand entschieden hatte',
      cancelled: 'Von einem Agenten abgesagt',
      retried: 'Von einem Agenten erneut versucht',
      resynced: 'Von einem Agenten nachgesehen',
    },
    gate: {
      fixed: 'Die Genehmigung wurde angefragt',
      'refused-order': 'Die Genehmigung kann nicht angefragt werden',
      approved: 'Genehmigt',
      'not-needed': 'Es ist keine Genehmigung nötig',
      declined: 'Abgelehnt',
      sent: 'Die Entscheidung ist auf dem Weg zu AWS',
      accepted: 'Die Entscheidung hat AWS erreicht',
      blocked: 'Angehalten: So kann die Entscheidung nicht gesendet werden',
      waiting: 'Wartet wieder auf Genehmigung',
      stuck: 'Braucht einen Agenten',
      recalled: 'Besteht nicht mehr so, wie es entschieden wurde',
      'taken-back': 'Zurückgenommen, bevor es AWS erreicht hatte',
      withdrawn: 'Geschlossen, bevor jemand entschieden hatte',
      cancelled: 'Von einem Agenten abgesagt',
      retried: 'Von einem Agenten erneut gesendet',
      resynced: 'Von einem Agenten nachgesehen',
    },
  },
  told: {
    launch: {
      provisioning: 'AWS legt die Ressourcen an',
      'rolling-back': 'Eine Ressource ist fehlgeschlagen; AWS macht rückgängig, was angelegt wurde',
      succeeded: 'Das Produkt ist fertig',
      tainted: 'Das Produkt ist da, aber AWS hat einen Fehler gemeldet',
      failed: 'Die Ausführung ist fehlgeschlagen; es ist nichts Verwendbares übrig',
      refused: 'AWS hat die Bestellung nicht angenommen',
      lost: 'Was daraus geworden ist, ließ sich nicht feststellen',
    },
    gate: {
      provisioning: 'AWS setzt den Stack fort',
      'rolling-back': 'AWS macht den Stack rückgängig',
      succeeded: 'Der Stack ist fertig',
      tainted: 'Der Stack ist da, aber AWS hat einen Fehler gemeldet',
      failed: 'Der Stack ist fehlgeschlagen, und AWS hat ihn rückgängig gemacht',
      refused: 'AWS hat den Stack nicht fortgesetzt',
      lost: 'Was aus dem Stack geworden ist, ließ sich nicht feststellen',
      declined: 'Der Stack wurde abgelehnt, und AWS hat ihn rückgängig gemacht',
      expired: 'Niemand hat rechtzeitig entschieden; AWS hat den Stack rückgängig gemacht',
      withdrawn: 'Der Stack wartet nicht mehr',
    },
  },
  by: (names) => `von ${names}`,
  inAttempt: (attempt) => `Versuch ${attempt}`,
  leftOut: (count) => `${count} weitere dazwischen`,
  outputsTitle: 'Was Sie verwenden können',
  outputsLeftOut: (count) =>
    `${count} weitere Ausgaben sind zu lang, um hier aufbewahrt zu werden; sie stehen im Record in AWS Service Catalog.`,
  problemTitle: 'Was schiefgegangen ist',
  failedResource: (name, type) => `Die erste fehlgeschlagene Ressource: ${name} (${type})`,
  toDo: 'Was zu tun ist',
  aboutTitle: { launch: 'Was ausgeführt wird', gate: 'Worauf der Stack wartet' },
  toDecide: 'Darüber wird entschieden. Genau dies wird ausgeführt und nichts anderes.',
  gateAction: {
    create: 'Ein Stack in AWS wartet, bevor er seine Ressourcen anlegt.',
    update: 'Ein Stack in AWS wartet, bevor er seine Ressourcen ändert.',
  },
  changedSince:
    'Die Anfrage enthält inzwischen eine andere Bestellung als die geprüfte. Es gilt, was hier steht; eine Genehmigung ist nichts wert, bis die Anfrage es wieder enthält.',
  product: 'Produkt',
  version: 'Version',
  account: 'Konto',
  named: (name, id) => (name === null || name === id ? id : `${name} (${id})`),
  region: 'Region',
  name: 'Name',
  path: 'Startpfad',
  digest: 'Prüfsumme',
  stack: 'Stack',
  requesterEmail: 'Angefragt von',
  unverified: (email) => `${email} (in AWS eingegeben, nicht überprüft)`,
  deadline: 'Eine Entscheidung wird gebraucht bis',
  parameters: 'Parameter',
  noParameters: 'Keine',
  hidden: { given: 'Nicht angezeigt (wie angegeben)', default: 'Nicht angezeigt (Standardwert)' },
  byDefault: (value) => `${value} (Standardwert)`,
  empty: '(leer)',
  keyOf: (label, key) => (label === key ? key : `${label} (${key})`),
  tags: 'Tags',
  creates: 'Was angelegt wird',
  otherService: 'Sonstiges',
  counted: (name, count) => (count === 1 ? name : `${name} (${count})`),
  unknownResources: 'Was angelegt wird, wurde mit dieser Bestellung nicht festgehalten.',
  attention: 'Zugriffsrechte und mehr',
  capability: (name) => CAPABILITIES[name] ?? 'Die Vorlage verlangt es.',
  soon: 'Die Bestellung wird gleich geprüft. Sie erscheint in wenigen Augenblicken hier.',
  notOurs: 'Zu diesem Vorgang gehört keine Bestellung für AWS.',
  agents: {
    requester: 'Angefragt von',
    operation: 'Vorgang',
    attempt: 'Versuch',
    attemptOf: (attempt, most) => `${attempt} von höchstens ${most}`,
    record: 'Record in Service Catalog',
    provisionedProduct: 'Bereitgestelltes Produkt',
    consoleTitle: 'In der AWS-Konsole',
    consoleHint: (account) => `Melden Sie sich zuerst am Konto ${account} an.`,
    openProduct: 'Bereitgestelltes Produkt öffnen',
    openStack: 'Stack öffnen',
    inside: 'Wie es im Inneren weitergeht',
    delivery: 'Übergabe an AWS',
    delivered: (attempts, moment) =>
      attempts > 1 ? `Übernommen ${moment}, nach ${attempts} Versuchen` : `Übernommen ${moment}`,
    delivering: (attempts, moment) =>
      `Bisher ${attempts} ${attempts === 1 ? 'Versuch' : 'Versuche'}; der nächste ist fällig: ${moment}`,
    recalling: (moment) => `Zurückgerufen; die Bridge wird gefragt: ${moment}`,
    heard: 'Zuletzt von AWS gehört',
    sweep: 'Der Kontrolllauf',
    sweeps: (moment, does) => `Ab ${moment}: ${SWEEP[does]}.`,
    noSweep: 'Es wird nach nichts mehr gesehen.',
    untold: (count) =>
      count === 1
        ? 'Eine Neuigkeit ist noch auf die Anfrage zu schreiben.'
        : `${count} Neuigkeiten sind noch auf die Anfrage zu schreiben.`,
    actions: 'Was Sie tun können',
    resync: 'Jetzt nachsehen',
    resyncHint: 'Sieht nach der Entscheidung und fragt die Bridge, statt auf den Kontrolllauf zu warten.',
    resynced: ({ before, after }, states) =>
      before === after
        ? `Der Stand ist unverändert: ${states[after]}.`
        : `Der Stand war „${states[before]}“ und ist jetzt „${states[after]}“.`,
    nothingToAsk: 'Es gab nichts, wonach die Bridge zu fragen war.',
    bridgeSays: {
      unknown: 'Die Bridge kennt den Vorgang nicht.',
      running: 'Laut Bridge ist der Vorgang im Gange.',
      ended: 'Laut Bridge ist der Vorgang beendet.',
      broken: 'Laut Bridge ist der Vorgang abgebrochen.',
      silent: 'Die Bridge war nicht zu erreichen.',
    },
    retry: { send: 'Erneut senden', launch: 'Erneut ausführen' },
    retryHint: {
      send: 'Die Übergabe wurde aufgegeben. Ist die Ursache behoben, wird sie erneut gesendet, sofern die Entscheidung noch gilt.',
      launch:
        'Vom letzten Versuch ist nichts übrig. Ist die Ursache behoben, wird dieselbe Bestellung unter derselben Genehmigung noch einmal ausgeführt, sofern sie noch gilt.',
    },
    retryTitle: { send: 'Erneut senden?', launch: 'Erneut ausführen?' },
    retried: 'Es ist auf dem Weg.',
    notAgain: {
      untold:
        'Sobald die Neuigkeiten des letzten Versuchs auf der Anfrage stehen, lässt sie sich erneut ausführen.',
      spent:
        'Diese Anfrage wurde so oft ausgeführt, wie es für eine Anfrage möglich ist. Stellen Sie eine neue, wenn die Ursache behoben ist.',
    },
    cancel: 'Absagen',
    cancelHint: 'AWS hat davon noch nichts erreicht; es lässt sich ohne Entscheidung absagen.',
    cancelTitle: 'Diese Bestellung absagen?',
    cancelExplained:
      'Es wird nichts ausgeführt, die anfragende Person wird benachrichtigt, und eine spätere Genehmigung löst nichts mehr aus. Das lässt sich nicht rückgängig machen.',
    cancelled: 'Die Bestellung wurde abgesagt.',
    keep: 'Nicht ändern',
    declineGate:
      'Soll der Stack sofort scheitern, statt weiter zu warten, muss diese Anfrage abgelehnt werden; der Stack zeigt den Grund in AWS.',
    onlyAgents: 'Agenten dieses Serviceprojekts können nachsehen, erneut versuchen und absagen.',
  },
};

const CAPABILITIES: Readonly<Record<string, string>> = {
  CAPABILITY_IAM: 'Es werden IAM-Ressourcen angelegt, die anderen Zugriff geben können.',
  CAPABILITY_NAMED_IAM:
    'Es werden IAM-Ressourcen mit eigenen Namen angelegt, die anderen Zugriff geben können.',
  CAPABILITY_AUTO_EXPAND:
    'Es werden Makros verwendet; was angelegt wird, steht erst während der Ausführung fest.',
};

const SWEEP: Readonly<Record<Parameters<typeof english.agents.sweeps>[1], string>> = {
  shows: 'Fehlende Neuigkeiten werden auf die Anfrage geschrieben',
  checks: 'Die Bestellung wird noch einmal geprüft',
  looks: 'Es wird nachgesehen, ob entschieden wurde',
  sends: 'Es wird noch einmal gesendet, falls bis dahin kein Versuch angekommen ist',
  asks: 'Die Bridge wird gefragt, was daraus geworden ist',
};
