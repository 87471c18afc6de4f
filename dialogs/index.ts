import type { DialogDefinition } from '../src/core/dialog.ts';
import { comeBack } from './come-back/dialog.ts';
import { danger } from './danger/dialog.ts';
import { erase } from './erase/dialog.ts';
import { menu } from './menu/dialog.ts';
import { person } from './person/dialog.ts';
import { privacy } from './privacy/dialog.ts';
import { stop } from './stop/dialog.ts';
import { training } from './training/dialog.ts';
import { understand } from './understand/dialog.ts';
import { welcome } from './welcome/dialog.ts';

export { choiceWords } from './shared/choice-words.ts';
export { controlOf } from './shared/control-words.ts';

/** Every dialog of this release. */
export const dialogs: readonly DialogDefinition[] = [
  welcome,
  menu,
  training,
  person,
  erase,
  stop,
  privacy,
  danger,
  comeBack,
  understand,
];
