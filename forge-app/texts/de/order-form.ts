import type { orderForm as english } from '../en/order-form';
import { orderChecks } from './order-checks';

export const orderForm: typeof english = {
  title: 'Was Sie in AWS haben möchten',
  checks: orderChecks,
  fields: {
    product: 'Produkt',
    version: 'Version',
    account: 'AWS-Konto',
    region: 'Region',
    name: 'Name',
  },
  choose: 'Auswählen',
  nameHelp: 'Wie man es nennen soll. Buchstaben, Ziffern, „.“, „_“ und „-“.',
  newest: (version) => `${version} (neueste)`,
  onlyRegion: (region) => `Es wird in ${region} angelegt.`,
  tags: {
    title: 'Tags',
    help: 'Freiwillig. AWS bringt sie an allem an, was angelegt wird.',
    show: 'Tags hinzufügen',
    add: 'Weiteren Tag hinzufügen',
    key: (number) => `Schlüssel von Tag ${number}`,
    value: (number) => `Wert von Tag ${number}`,
    remove: (number) => `Tag ${number} entfernen`,
  },
  otherParameters: 'Weitere Einstellungen',
  parameters: 'Einstellungen',
  optional: (label) => `${label} (freiwillig)`,
  list: {
    item: (label, number) => `${label}, Eintrag ${number}`,
    add: (label) => `Eintrag zu ${label} hinzufügen`,
    remove: (label, number) => `Eintrag ${number} von ${label} entfernen`,
  },
  help: {
    between: (least, most) => `Von ${least} bis ${most}.`,
    atLeast: (least) => `${least} oder mehr.`,
    atMost: (most) => `${most} oder weniger.`,
    lengthBetween: (least, most) => `${least} bis ${most} Zeichen.`,
    lengthAtLeast: (least) => `Mindestens ${least} Zeichen.`,
    lengthAtMost: (most) => `Höchstens ${most} Zeichen.`,
    stored: 'Der Name eines Parameters in Systems Manager des Kontos.',
    standard: (value) => `Wenn Sie nichts ändern: ${value}`,
  },
  secret: {
    help: 'Niemand sieht, was Sie eingeben: Es wird sofort versiegelt, und nur AWS liest es.',
    sealing: 'Wird versiegelt',
    unsealed: 'Die Eingabe ist noch nicht versiegelt. Berichtigen Sie sie, oder nehmen Sie sie heraus.',
    sealed: 'Ein Wert ist angegeben und versiegelt.',
    change: (label) => `Anderen Wert für ${label} angeben`,
    keepDefault: 'Lassen Sie es leer, wenn die Vorgabe gelten soll.',
    failed:
      'Der Wert ließ sich nicht versiegeln und wurde nicht übernommen. Geben Sie ihn gleich noch einmal ein.',
  },
  choices: {
    loading: 'Was es im Konto gibt, wird nachgesehen',
    unavailable: 'Was es im Konto gibt, ließ sich nicht nachsehen. Geben Sie den Wert ein.',
    again: (label) => `${label} noch einmal nachsehen`,
    refused: {
      'no-role':
        'Gatehouse kann in diesem Konto nicht nachsehen, weil dort die Rolle dafür fehlt. Geben Sie den Wert ein, und sagen Sie dem Service Desk Bescheid.',
      denied:
        'Eine Richtlinie in AWS lässt Gatehouse dies in diesem Konto und dieser Region nicht nachsehen. Geben Sie den Wert ein, und sagen Sie dem Service Desk Bescheid.',
      'region-disabled':
        'Diese Region ist im Konto nicht aktiviert, also lässt sich dort nichts anlegen. Wählen Sie eine andere Region, oder bitten Sie den Service Desk, sie aktivieren zu lassen.',
    },
    empty:
      'In diesem Konto und dieser Region gibt es nichts dergleichen. Geben Sie den Wert ein, wenn Sie es besser wissen.',
    more: 'Es gibt mehr, als hier gezeigt wird. Geben Sie den Wert ein, wenn er fehlt.',
    type: (label) => `Wert von ${label} selbst eingeben`,
    pick: (label) => `${label} aus dem auswählen, was es gibt`,
  },
  missing: {
    product: 'Wählen Sie ein Produkt.',
    account: 'Wählen Sie das Konto, in dem es angelegt werden soll.',
    region: 'Wählen Sie eine Region.',
    tagTwice: 'Dieser Schlüssel kommt zweimal vor. Ein Tag hat einen Wert.',
    tooLong: (characters, most) =>
      `Die Bestellung ist zu lang für Jira: ${characters} Zeichen, möglich sind höchstens ${most}. Kürzen Sie die Werte.`,
  },
  left: (count) =>
    count === 1
      ? 'Ein Feld braucht noch eine Eingabe, bevor die Anfrage gesendet werden kann.'
      : `${count} Felder brauchen noch eine Eingabe, bevor die Anfrage gesendet werden kann.`,
  check: 'Zeigen, was fehlt',
  ready: 'Die Bestellung ist vollständig. Senden Sie die Anfrage, wenn Sie so weit sind.',
  created: {
    title: 'Was angelegt wird',
    capabilities: 'Achten Sie auf die Zugriffsrechte',
    iam: 'Es werden Rollen oder Richtlinien angelegt, die anderen Zugriff geben können.',
    namedIam:
      'Es werden Rollen oder Richtlinien mit eigenen Namen angelegt, die anderen Zugriff geben können.',
    macros: 'Es werden Makros benutzt; was angelegt wird, steht deshalb erst beim Anlegen fest.',
    other: (capability) => `Die Vorlage verlangt ${capability}.`,
    nothing: 'Die Vorlage nennt keine Ressourcen.',
  },
  empty: {
    accounts:
      'Es gibt noch kein AWS-Konto, das Sie mit dieser Anfrage benutzen dürfen. Bitten Sie den Service Desk um eines.',
    noAccountHere:
      'Keines der Konten, die Sie benutzen dürfen, ist für die Region freigegeben, in der dieses Produkt angelegt wird. Fragen Sie den Service Desk.',
    products: 'Mit dieser Anfrage lässt sich gerade nichts bestellen. Fragen Sie den Service Desk.',
    awaited:
      'Was hier bestellt werden kann, ist noch nicht aus AWS eingetroffen. Sehen Sie später noch einmal nach, oder fragen Sie den Service Desk.',
    versionAwaited:
      'Was diese Version braucht, ist noch nicht aus AWS eingetroffen. Wählen Sie eine andere Version, oder sehen Sie später noch einmal nach.',
    versionTooLarge:
      'Diese Version verlangt mehr Angaben, als hier gezeigt werden können; sie lässt sich nicht bestellen. Wählen Sie eine andere Version, oder fragen Sie den Service Desk.',
  },
};
