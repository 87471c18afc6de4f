/** A message with something planted in it that must not leave. */
export interface PlantedMessage {
  readonly text: string;
  readonly kind: PlantedKind;
  /** Pieces, without blanks and signs, none of which may be left. For names: whole words. */
  readonly secrets: readonly string[];
}

export const plantedKinds = [
  'phone',
  'email',
  'id',
  'card',
  'address',
  'birth',
  'plate',
  'code',
  'amount',
  'name',
] as const;
export type PlantedKind = (typeof plantedKinds)[number];

/** Small, seeded and the same everywhere (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Only letters and digits, folded: how a planted thing is looked for, whatever it was written with. */
export const squeezed = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

interface Thing {
  readonly text: string;
  readonly secrets: readonly string[];
}
type Chance = () => number;

const pick = <Item>(chance: Chance, items: readonly Item[]): Item =>
  items[Math.floor(chance() * items.length)]!;
const digitsOf = (chance: Chance, count: number, first = '123456789'): string =>
  pick(chance, [...first]) +
  Array.from({ length: count - 1 }, () => String(Math.floor(chance() * 10))).join('');
/** Both halves of what was planted: leaving one is a leak. */
const halves = (text: string): readonly string[] => {
  const all = squeezed(text);
  return [all.slice(0, Math.ceil(all.length / 2)), all.slice(Math.floor(all.length / 2))];
};

const spanishDigits = ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'];
const englishDigits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const tens = [
  '',
  '',
  'veinti',
  'treinta',
  'cuarenta',
  'cincuenta',
  'sesenta',
  'setenta',
  'ochenta',
  'noventa',
];
const inPairs = (digits: string): string =>
  (digits.match(/\d\d?/gu) ?? [])
    .map((pair) => {
      const [ten, one] = [Number(pair[0]), Number(pair[1] ?? pair[0])];
      if (pair.length === 1 || ten < 2)
        return [...pair].map((digit) => spanishDigits[Number(digit)]).join(' ');
      if (one === 0) return ten === 2 ? 'veinte' : tens[ten]!;
      return ten === 2 ? `veinti${spanishDigits[one]}` : `${tens[ten]} y ${spanishDigits[one]}`;
    })
    .join(', ');
const shifted = (digits: string, zero: number): string =>
  digits.replace(/\d/gu, (digit) => String.fromCodePoint(zero + Number(digit)));

/** Ways people write the same digits so that a filter does not see them, or because they dictate. */
const disguises: readonly ((digits: string) => string)[] = [
  (digits) => digits,
  (digits) => [...digits].join(' '),
  (digits) => [...digits].join('.'),
  (digits) => [...digits].join('-'),
  (digits) => (digits.match(/\d{1,2}/gu) ?? []).join(' '),
  (digits) => (digits.match(/\d{1,4}/gu) ?? []).join(' - '),
  (digits) => (digits.match(/\d{1,3}/gu) ?? []).join('.'),
  (digits) => (digits.match(/\d{1,4}/gu) ?? []).join('\n'),
  (digits) => (digits.match(/\d{1,2}/gu) ?? []).join(' , '),
  (digits) => [...digits].join('\u200b'),
  (digits) => [...digits].map((digit) => `${digit}\ufe0f\u20e3`).join(''),
  (digits) => shifted(digits, 0xff10),
  (digits) => shifted(digits, 0x1d7ce),
  (digits) => shifted(digits, 0x0660),
  (digits) => [...digits].map((digit) => spanishDigits[Number(digit)]).join(' '),
  (digits) => [...digits].map((digit) => spanishDigits[Number(digit)]).join('-'),
  (digits) => [...digits].map((digit) => spanishDigits[Number(digit)]).join(''),
  (digits) => [...digits].map((digit) => englishDigits[Number(digit)]).join(' '),
  (digits) => [...digits].map((digit, at) => (at % 2 === 0 ? digit : spanishDigits[Number(digit)])).join(' '),
  (digits) => `${digits.slice(0, 4)} guion ${digits.slice(4)}`,
  (digits) => `${digits.slice(0, 4)} y luego ${digits.slice(4)}`,
  (digits) => digits.replace(/(?<=\d)0(?=\d)/gu, 'O'),
  (digits) => `(${digits.slice(0, 3)}) ${digits.slice(3)}`,
  (digits) => `${digits.slice(0, 2)}/${digits.slice(2, 5)}/${digits.slice(5)}`,
  inPairs,
];
const hiddenDigits = (chance: Chance, digits: string): Thing => {
  const text = chance() < 0.35 ? digits : pick(chance, disguises)(digits);
  return { text, secrets: halves(text) };
};

const letter = (chance: Chance): string => pick(chance, [...'ABCDEFGHJKLMNPRSTVWXYZ']);
const letters = (chance: Chance, count: number): string =>
  Array.from({ length: count }, () => letter(chance)).join('');
const two = (value: number): string => String(value).padStart(2, '0');
const birthday = (chance: Chance) => ({
  day: 1 + Math.floor(chance() * 28),
  month: 1 + Math.floor(chance() * 12),
  year: 1950 + Math.floor(chance() * 60),
});
const shortBirth = (chance: Chance): string => {
  const { day, month, year } = birthday(chance);
  return `${two(year % 100)}${two(month)}${two(day)}`;
};

function phone(chance: Chance): Thing {
  const local = digitsOf(chance, 8, '234567');
  const ten = digitsOf(chance, 10, '23456789');
  const form = Math.floor(chance() * 8);
  if (form < 4) return hiddenDigits(chance, chance() < 0.5 ? local : ten);
  const code = pick(chance, ['502', '503', '504', '505', '507', '52', '1', '506', '57']);
  const rest = code === '52' || code === '1' || code === '57' ? ten : local;
  const text = pick(chance, [
    `+${code} ${rest.slice(0, 4)}-${rest.slice(4)}`,
    `+${code}${rest}`,
    `(${code}) ${rest.slice(0, 4)} ${rest.slice(4)}`,
    `00${code} ${rest}`,
    `${code}-${rest.slice(0, 3)}-${rest.slice(3)}`,
  ]);
  return { text, secrets: halves(rest) };
}

function email(chance: Chance): Thing {
  const user = `${pick(chance, ['juanperez', 'maria.lopez', 'chepe_90', 'la-nena', 'wilmer502', 'rosa.m'])}${Math.floor(chance() * 9_000) + 1_000}`;
  const host = pick(chance, [
    'gmail.com',
    'hotmail.com',
    'yahoo.es',
    'outlook.com',
    'correo.gob.gt',
    'icloud.com',
  ]);
  const spoken = user.replace(/\./gu, ' punto ').replace(/_/gu, ' guion bajo ').replace(/-/gu, ' guion ');
  const text = pick(chance, [
    `${user}@${host}`,
    `${user}@${host}`,
    `${user} @ ${host}`,
    `${user} arroba ${host.replace(/\./gu, ' punto ')}`,
    `${spoken} arroba ${host.replace(/\./gu, ' punto ')}`,
    `${user}(at)${host}`,
    `${user} at ${host.replace(/\./gu, ' dot ')}`,
    `${user}@${host.replace(/\./gu, ' . ')}`,
    `${user.toUpperCase()}@${host.toUpperCase()}`,
    `${user} arroba ${host}`,
  ]);
  return { text, secrets: [squeezed(user), squeezed(user).slice(-4)] };
}

/** Numbers of papers of MX GT HN SV CR PA DO CO US. */
const papers: readonly ((chance: Chance) => string)[] = [
  (chance) =>
    `${letters(chance, 4)}${shortBirth(chance)}${pick(chance, ['H', 'M'])}${letters(chance, 5)}0${digitsOf(chance, 1)}`,
  (chance) => `${letters(chance, 4)}${shortBirth(chance)}${letters(chance, 2)}${digitsOf(chance, 1)}`,
  (chance) =>
    `${letters(chance, 6)}${shortBirth(chance)}${digitsOf(chance, 2)}${pick(chance, ['H', 'M'])}${digitsOf(chance, 3)}`,
  (chance) => `${digitsOf(chance, 4)} ${digitsOf(chance, 5)} ${digitsOf(chance, 4)}`,
  (chance) => digitsOf(chance, 13),
  (chance) => `${digitsOf(chance, 7)}-${pick(chance, ['K', '3', '9'])}`,
  (chance) => `0${digitsOf(chance, 3)}-${birthday(chance).year}-${digitsOf(chance, 5)}`,
  (chance) => `0${digitsOf(chance, 3)}${birthday(chance).year}${digitsOf(chance, 5)}`,
  (chance) => `0${digitsOf(chance, 7)}-${digitsOf(chance, 1)}`,
  (chance) => `0${digitsOf(chance, 3)}-${shortBirth(chance)}-${digitsOf(chance, 3)}-${digitsOf(chance, 1)}`,
  (chance) => `${digitsOf(chance, 1)}-${digitsOf(chance, 4)}-${digitsOf(chance, 4)}`,
  (chance) => digitsOf(chance, 12),
  (chance) => `${digitsOf(chance, 1)}-${digitsOf(chance, 3)}-${digitsOf(chance, 4)}`,
  (chance) => `${pick(chance, ['E', 'PE', 'N'])}-${digitsOf(chance, 2)}-${digitsOf(chance, 4)}`,
  (chance) => `00${digitsOf(chance, 1)}-${digitsOf(chance, 7)}-${digitsOf(chance, 1)}`,
  (chance) => `1.${digitsOf(chance, 3)}.${digitsOf(chance, 3)}.${digitsOf(chance, 3)}`,
  (chance) => `CC ${digitsOf(chance, 8)}`,
  (chance) => `${digitsOf(chance, 3)}-${digitsOf(chance, 2)}-${digitsOf(chance, 4)}`,
  (chance) => `A${digitsOf(chance, 9)}`,
  (chance) => `A-${digitsOf(chance, 3)}-${digitsOf(chance, 3)}-${digitsOf(chance, 3)}`,
  (chance) => `MSC${digitsOf(chance, 10)}`,
  (chance) => `${letter(chance)}${digitsOf(chance, 8)}`,
  (chance) => `${letter(chance)}${digitsOf(chance, 6)}`,
];

function paper(chance: Chance): Thing {
  const plain = pick(chance, papers)(chance);
  if (/^\d+$/u.test(plain)) return hiddenDigits(chance, plain);
  const text = pick(chance, [
    plain,
    plain,
    plain.toLowerCase(),
    plain.replace(/-/gu, ' '),
    [...plain].join(' '),
  ]);
  return { text, secrets: halves(text).map((half) => half.replace(/^cc/u, '')) };
}

const card = (chance: Chance): Thing => {
  const digits = digitsOf(chance, 16, '45');
  const text = pick(chance, [
    digits,
    digits.replace(/(?<=\d{4})(?=\d)/gu, ' '),
    digits.match(/\d{4}/gu)!.join('-'),
    [...digits].join(' '),
  ]);
  return { text, secrets: halves(text) };
};

function address(chance: Chance): Thing {
  const [street, house, plot] = [digitsOf(chance, 1), digitsOf(chance, 2), digitsOf(chance, 3)];
  return pick(chance, [
    { text: `${street}a calle ${house}-${plot} zona 1`, secrets: [`${house}${plot}`] },
    { text: `calle ${street} #${house}-${plot}`, secrets: [`${house}${plot}`] },
    { text: `colonia la esperanza casa ${plot}`, secrets: [`casa${plot}`, plot] },
    { text: `manzana ${house} lote ${plot}`, secrets: [`lote${plot}`, plot] },
    { text: `avenida reforma ${house}-${plot}`, secrets: [`${house}${plot}`] },
    { text: `barrio el centro, calle principal, casa no. ${plot}`, secrets: [plot] },
    { text: `km ${house}.5 carretera a el salvador, casa ${plot}`, secrets: [plot] },
    { text: `residencial los pinos bloque B casa ${plot}`, secrets: [plot] },
    { text: `carrera ${street} # ${house}-${plot}`, secrets: [`${house}${plot}`] },
    { text: `${house}${plot} North Elm Street Apt ${street}`, secrets: [`${house}${plot}`] },
    { text: `${house}${plot} Main St, Houston TX 77${plot}`, secrets: [`${house}${plot}`, `77${plot}`] },
    { text: `calle Hidalgo ${plot}`, secrets: [plot] },
  ]);
}

const monthNames = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];
const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function birth(chance: Chance): Thing {
  const { day, month, year } = birthday(chance);
  const [name, english] = [monthNames[month - 1]!, englishMonths[month - 1]!];
  const whole = [`${day}${name}${year}`, `${name}${year}`, String(year)];
  return pick(chance, [
    { text: `${two(day)}/${two(month)}/${year}`, secrets: [`${two(month)}${year}`, String(year)] },
    { text: `${day}-${month}-${two(year % 100)}`, secrets: [`${day}${month}${two(year % 100)}`] },
    { text: `${year}-${two(month)}-${two(day)}`, secrets: [String(year)] },
    { text: `el ${day} de ${name} de ${year}`, secrets: whole },
    { text: `${day} de ${name} del ${year}`, secrets: whole },
    { text: `${day} ${name} ${year}`, secrets: whole },
    { text: `${english} ${day}, ${year}`, secrets: [String(year)] },
    { text: `el ${day} de ${name}`, secrets: [`${day}de${name}`] },
    { text: `en ${year}`, secrets: [String(year)] },
    {
      text: `el ${inPairs(two(day + 2))} de ${name} de mil novecientos ochenta y ${spanishDigits[1 + (day % 9)]}`,
      secrets: ['novecientos', 'ochenta'],
    },
  ]);
}

const plate = (chance: Chance): Thing => {
  const digits = digitsOf(chance, 3);
  const text = pick(chance, [
    `P-${digits}${letters(chance, 3)}`,
    `P${digits} ${letters(chance, 3)}`,
    `${letters(chance, 3)} ${digitsOf(chance, 4)}`,
    `${letters(chance, 3)}-${digits}`,
    `${letters(chance, 3)}-${digitsOf(chance, 2)}-${digitsOf(chance, 2)}`,
    `M ${digitsOf(chance, 6)}`,
  ]);
  return { text, secrets: [squeezed(text)] };
};

const code = (chance: Chance): Thing => {
  const text = pick(chance, [
    digitsOf(chance, 5),
    digitsOf(chance, 8),
    `${digitsOf(chance, 4)}-${letter(chance)}`,
    `EXP-${digitsOf(chance, 4)}-2026`,
    `${letters(chance, 2)}${digitsOf(chance, 3)}${letters(chance, 2)}${digitsOf(chance, 3)}`,
    `${digitsOf(chance, 3)}/2026-${digitsOf(chance, 3)}`,
  ]);
  return { text, secrets: [squeezed(text)] };
};

const amount = (chance: Chance): Thing => {
  const value = 1_000 + Math.floor(chance() * 90_000);
  const grouped = value.toLocaleString('en-US');
  const text = pick(chance, [
    `Q${grouped}`,
    `${grouped} lempiras`,
    `$${value}`,
    `${value} pesos`,
    `Q${grouped}.50`,
  ]);
  return { text, secrets: [String(value)] };
};

const carriers: Readonly<Record<PlantedKind, readonly string[]>> = {
  phone: [
    'mi numero es {x} me llaman por favor',
    'llámeme al {x}, gracias',
    '{x}',
    'busco trabajo de soldador mi cel {x}',
    'my phone is {x} call me anytime',
    'le dejo el whatsapp {x} pa lo del curso',
    'hola quiero información del curso, tel. {x}',
    'el de mi mamá es {x} ella contesta en la noche',
    'cualquier cosa al {x} o me escribe aquí',
    'you can text me at {x} about the job',
  ],
  email: [
    'mi correo es {x}',
    'escríbame a {x} por favor',
    'send the info to {x}',
    'no tengo teléfono pero tengo correo {x} y lo reviso',
    'email: {x}',
    'para lo del crédito mándelo a {x}, ahí me llega',
  ],
  id: [
    'mi identidad es {x}',
    '{x}',
    'perdí mis papeles, el número era {x} y ya no lo tengo',
    'mi dpi {x} ya estará',
    'my number is {x} can you check',
    'quiero saber de mi trámite, documento {x}',
    'el pasaporte dice {x} pero está vencido',
    'le paso el dato {x} para que revise',
  ],
  card: [
    'me cobraron a la tarjeta {x}',
    'mi tarjeta es {x} y vence este año',
    '{x} es el número que me dieron en el banco',
    'my card {x} was charged',
  ],
  address: [
    'vivo en {x}',
    'mi casa queda en {x}, cerca del mercado',
    'mi dirección es {x}',
    'mandaron el papel a {x} y nunca llegó',
    'I live at {x} with my family',
  ],
  birth: [
    'nací {x} en guatemala',
    'mi fecha de nacimiento es {x}',
    'mi hijo nació {x} y no lo he registrado',
    'soy nacido {x}',
    'i was born {x}',
    'mi cumpleaños es {x} y quiero sacar la licencia',
  ],
  plate: [
    'la placa es {x}',
    'me robaron la moto placas {x}',
    'mi carro tiene placa {x} y lo necesito para trabajar',
    'the plate is {x}',
  ],
  code: [
    'mi folio es {x} ya salió?',
    'el número de expediente {x}',
    'tengo el código {x} que me dio mi hijo',
    'case number {x}',
    'la boleta dice número {x} y no sé qué sigue',
    'mi caso es el {x}',
  ],
  amount: [
    'tengo {x} en mi cuenta y quiero poner un negocio',
    'debo {x} de la tarjeta',
    'mi saldo es de {x} nada más',
    'i have {x} in my account',
    'me quedan {x} en la cuenta del banco',
  ],
  name: [
    'me llamo {x} y busco trabajo',
    'mi nombre es {x}',
    'soy {x}, de Huehuetenango',
    'my name is {x} and i need a job',
    'buenas le saluda {x}',
    'el trámite está a nombre de {x}',
    'mi hermano {x} quiere saber si hay cursos',
    'mi esposa se llama {x} y también viene',
    'quiero inscribir a {x} en el curso de cocina',
    'hola, {x} me recomendó escribir aquí',
    'don {x} me dijo que preguntara',
    'I am {x} from Honduras',
    'atentamente, {x}',
    'ayer hablé con {x} en la oficina',
  ],
};

const anyThing: Readonly<Record<Exclude<PlantedKind, 'name'>, (chance: Chance) => Thing>> = {
  phone,
  email,
  id: paper,
  card,
  address,
  birth,
  plate,
  code,
  amount,
};

/** Names as people of the region bear them; the last of each list are rare, and in no list of ours. */
const givenNames =
  'Juan José María Ana Luis Carlos Rosa Marta Pedro Wilmer Yesenia Kevin Brayan Dilcia Osman Delmy Suyapa Ramón Catarina Eulalia Xiomara Marvin Selvin Oneida Fidelina Gerson Keila Nery Santos Gloria Miguel Sebastiana Domingo Rosmery Josué Wendy Elmer Maynor Heidy Yamileth Ángel Dunia Melvin Reina Baltazar Nohemí Jennifer Edwin Lesbia Marcos Alma Jean Woodson Widlene Ixchel Tzunux Yurandir Elvert Quetzalli'.split(
    ' ',
  );
const familyNames =
  'López Pérez García Hernández Martínez González Ramírez Cruz Reyes Flores Mejía Zelaya Funes Alvarado Tzoc Ajanel Chub Ixcoy Caal Velásquez Méndez Portillo Guevara Orellana Bonilla Castellanos Murillo Zavala Escobar Menjívar Cruz Maldonado Tum Sacalxot Pop Choc Rivera Santos Villatoro Montoya Cáceres Turcios Euceda Barahona Umanzor Aguilar De León Del Cid Morales Castillo Peña Rosario Almonte Pierre Joseph Smith Xitumul Bámaca Tzep Yojcom Quixán'
    .replace(/De León/u, 'De_León')
    .replace(/Del Cid/u, 'Del_Cid')
    .split(' ')
    .map((name) => name.replace('_', ' '));

function personName(chance: Chance): Thing {
  const parts = [pick(chance, givenNames)];
  if (chance() < 0.3) parts.push(pick(chance, givenNames));
  if (chance() < 0.85) parts.push(pick(chance, familyNames));
  if (chance() < 0.35) parts.push(pick(chance, familyNames));
  const name = parts.join(' ');
  const form = chance();
  const text =
    form < 0.55
      ? name
      : form < 0.85
        ? name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
        : form < 0.95
          ? name.toLowerCase()
          : name.toUpperCase();
  return {
    text,
    secrets: text
      .split(' ')
      .map(squeezed)
      .filter((word) => word.length > 3),
  };
}

const aroundIt = [
  '',
  '',
  '',
  ' gracias',
  ' por favor me urge',
  ' 🙏',
  '. Necesito saber del curso de soldadura',
  ' y quiero un préstamo de 5 mil',
];

/** So many messages of one kind. */
export function plantedMessages(kind: PlantedKind, count: number, seed: number): readonly PlantedMessage[] {
  const chance = chanceFrom(seed);
  return Array.from({ length: count }, () => {
    const thing = kind === 'name' ? personName(chance) : anyThing[kind](chance);
    const text = pick(chance, carriers[kind]).replace('{x}', () => thing.text) + pick(chance, aroundIt);
    return { text, kind, secrets: thing.secrets };
  });
}

/** The secrets that a text still holds. */
export function secretsLeft({ kind, secrets }: PlantedMessage, text: string): readonly string[] {
  const shown = text.replace(/\[[A-Z]+_\d+\]/gu, ' | ');
  const words = new Set(shown.split(/[^\p{L}\p{N}]+/u).map(squeezed));
  const parts = shown.split('|').map(squeezed);
  return secrets.filter((secret) =>
    kind === 'name' ? words.has(secret) : parts.some((part) => part.includes(secret)),
  );
}
