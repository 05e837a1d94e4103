import type { queue as english } from '../en/queue';
import { shared } from './shared';

export const queue: typeof english = {
  title: 'AWS-Vorgänge',
  filters: { state: 'Zustand', account: 'Konto', product: 'Produkt', age: 'Alter' },
  any: { account: 'Jedes Konto', product: 'Jedes Produkt', age: 'Jedes Alter' },
  groups: {
    open: 'Alles Offene',
    waiting: 'Wartet auf Genehmigung',
    underWay: 'In Arbeit',
    attention: 'Braucht Aufmerksamkeit',
    over: 'Beendet',
    all: 'Alle',
  },
  ages: {
    'last-day': 'In den letzten 24 Stunden gestellt',
    'last-week': 'In den letzten 7 Tagen gestellt',
    'last-month': 'In den letzten 30 Tagen gestellt',
    'over-a-day': 'Älter als 24 Stunden',
    'over-a-week': 'Älter als 7 Tage',
  },
  kinds: { launch: 'Portal', gate: 'AWS-Konsole' },
  columns: {
    request: 'Anfrage',
    product: 'Produkt',
    account: 'Konto',
    state: 'Zustand',
    since: 'Seit',
    raised: 'Gestellt',
    origin: 'Von',
  },
  counts: 'Wie viele es sind',
  none: 'Kein Vorgang ist so',
  noneHint: 'Wählen Sie andere Filter, um mehr zu sehen.',
  noneAtAll: 'Nichts ist offen',
  noneAtAllHint: 'Vorgänge erscheinen hier, sobald jemand ein AWS-Produkt bestellt.',
  reset: 'Filter entfernen',
  earlier: 'Frühere Vorgänge',
  newest: 'Zurück zu den neuesten',
  refresh: 'Noch einmal nachsehen',
  unknownProduct: 'Nicht bekannt',
  state: (name) => shared.states[name],
};
