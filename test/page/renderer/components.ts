import { buttons } from './buttons';
import { feedback } from './feedback';
import { fields } from './fields';
import { forms } from './forms';
import { layers } from './layers';
import { layout } from './layout';
import type { Modelled } from './model';
import { plainFields } from './plain-fields';
import { tables } from './tables';
import { texts } from './text';

/** Every component of UI Kit that the renderer knows, by its type in the document. */
export const COMPONENTS: Readonly<Record<string, Modelled>> = {
  ...texts,
  ...layout,
  ...buttons,
  ...forms,
  ...fields,
  ...plainFields,
  ...feedback,
  ...tables,
  ...layers,
};
