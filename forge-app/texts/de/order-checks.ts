import type { OrderChecks } from '../en/order-checks';

const zeichen = (count: number): string => `${count} Zeichen`;

export const orderChecks: OrderChecks = {
  unknownParameter: 'diese Version hat keinen solchen Parameter. Lassen Sie ihn weg.',
  needed: 'hier wird ein Wert gebraucht; dieser Parameter hat keine Vorgabe.',
  secretNeeded:
    'hier wird ein Wert gebraucht, der nicht gezeigt werden darf. Geben Sie ihn im Bestellformular ein, das ihn versiegelt.',
  secretInClear:
    'der Wert darf nicht gezeigt werden, steht aber lesbar in der Bestellung, wo ihn alle sehen, die die Anfrage sehen. ' +
    'Lassen Sie ihn weg, und behandeln Sie ihn als bekannt geworden: Ändern Sie ihn überall, wo er benutzt wird.',
  notText: 'der Wert ist kein gültiger Text. Geben Sie ihn neu ein.',
  tooManyBytes: (bytes, most) => `der Wert ist ${bytes} Bytes lang; höchstens ${most} sind möglich.`,
  theValue: 'der Wert',
  expected: {
    number: 'eine Zahl wie 8 oder 2.5',
    'availability-zone': 'eine Availability Zone wie eu-west-1a',
    image: 'die ID eines Images wie ami-0123456789abcdef0',
    instance: 'die ID einer Instanz wie i-0123456789abcdef0',
    'key-pair': 'der Name eines Schlüsselpaars aus 1 bis 255 ASCII-Zeichen',
    'security-group-name': 'der Name einer Sicherheitsgruppe',
    'security-group': 'die ID einer Sicherheitsgruppe wie sg-0123456789abcdef0',
    subnet: 'die ID eines Subnetzes wie subnet-0123456789abcdef0',
    volume: 'die ID eines Volumes wie vol-0123456789abcdef0',
    vpc: 'die ID einer VPC wie vpc-0123456789abcdef0',
    'hosted-zone': 'die ID einer gehosteten Zone wie Z0123456789ABCDEFGHIJ',
    'stored-parameter': 'der Name eines Parameters in Systems Manager wie /network/vpc',
  },
  emptyValue: (what) => `der Wert ist leer; erwartet wird ${what}.`,
  emptyItem: (what) => `ein Eintrag der Liste ist leer; erwartet wird ${what}.`,
  unexpected: (value, what) => `${value} passt nicht; erwartet wird ${what}.`,
  notAllowed: (value, choices, more) =>
    `${value} steht nicht zur Wahl. Möglich sind ${choices}${more > 0 ? ` und ${more} weitere` : ''}.`,
  tooSmall: (value, least) => `${value} ist zu klein; erlaubt ist mindestens ${least}.`,
  tooLarge: (value, most) => `${value} ist zu groß; erlaubt ist höchstens ${most}.`,
  tooShort: (length, least) => `der Wert hat ${zeichen(length)}; mindestens ${least} sind nötig.`,
  tooLong: (length, most) => `der Wert hat ${zeichen(length)}; höchstens ${most} sind erlaubt.`,
  notOfForm: (value) => `${value} hat nicht die Form, die verlangt ist.`,
  notOfPattern: (value, pattern) => `${value} entspricht nicht dem Muster ${pattern}.`,
  patternUnchecked: (pattern) =>
    `ob der Wert erlaubt ist, ließ sich nicht prüfen: Das Muster ${pattern} des Produkts ist zu langsam oder nicht ` +
    'verständlich. Das liegt nicht an Ihnen; bitten Sie den Service Desk, das Muster vereinfachen zu lassen.',
  constraint: (description) => `Vorgabe des Produkts: ${description}`,
  badName:
    'er muss mit einem Buchstaben oder einer Ziffer beginnen, darf sonst Buchstaben, Ziffern, „.“, „_“ und „-“ enthalten und höchstens 100 Zeichen haben.',
  reservedTag:
    'Schlüssel, die mit „aws:“ oder „gatehouse:“ beginnen, sind vergeben. Wählen Sie einen anderen.',
  badTag:
    'möglich sind Buchstaben, Ziffern, Leerzeichen und _ . : / = + - @, davon 1 bis 128 im Schlüssel und 1 bis 256 im Wert.',
  tooManyTags: (most) => `höchstens ${most} sind möglich; ein weiteres nennt die Anfrage.`,
  violated: (rule) => `Die Werte passen nicht zueinander: Die Regel ${rule} des Produkts ist nicht erfüllt.`,
};
