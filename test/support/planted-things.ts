import names from '../fixtures/personal.json' with { type: 'json' };
import {
  digitsOf,
  halves,
  hiddenDigits,
  inPairs,
  pick,
  spanishDigits,
  squeezed,
  type Chance,
  type Thing,
} from './planted-digits.ts';

const letter = (chance: Chance): string => pick(chance, Array.from('ABCDEFGHJKLMNPRSTVWXYZ'));
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
    Array.from(plain).join(' '),
  ]);
  return { text, secrets: halves(text).map((half) => half.replace(/^cc/u, '')) };
}

const card = (chance: Chance): Thing => {
  const digits = digitsOf(chance, 16, '45');
  const text = pick(chance, [
    digits,
    digits.replace(/(?<=\d{4})(?=\d)/gu, ' '),
    digits.match(/\d{4}/gu)!.join('-'),
    Array.from(digits).join(' '),
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

/** A name as people of the region bear it; some are in no list of ours. */
function personName(chance: Chance): Thing {
  const parts = [pick(chance, names.given)];
  if (chance() < 0.3) parts.push(pick(chance, names.given));
  if (chance() < 0.85) parts.push(pick(chance, names.family));
  if (chance() < 0.35) parts.push(pick(chance, names.family));
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

/** Makers of things, by kind. */
export const anyThing = {
  phone,
  email,
  id: paper,
  card,
  address,
  birth,
  plate,
  code,
  amount,
  name: personName,
} as const satisfies Readonly<Record<string, (chance: Chance) => Thing>>;
