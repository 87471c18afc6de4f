import { z } from 'zod';

const words = z.strictObject({ es: z.string(), en: z.string() });
const webAddress = z
  .string()
  .regex(/^(?:https?:\/\/[^\s/]+\S*)?$/u, 'should be empty or an address that begins with https://');
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/u, 'should be a currency of three capital letters, such as GTQ');
const country = z.string().regex(/^[A-Z]{2}$/u, 'should be a country of two capital letters, such as GT');
const amount = z.number().min(0, 'should not be below 0').nullable();
const fee = z.strictObject({ amount, currency });
const months = z
  .number()
  .int('should be whole months')
  .min(1, 'should be at least 1 month')
  .max(600, 'should be at most 600 months');
const percent = z
  .number()
  .min(0, 'should not be below 0 percent')
  .max(100, 'should not be above 100 percent');
const sourceDate = z
  .string()
  .regex(
    /^(?:unknown|20\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)$/u,
    'should be a date as 2026-03-15, 2026-03 or 2026, or unknown',
  );
const day = z.iso.date('should be a day as 2026-03-15');

const phone = z.strictObject({
  number: z.string(),
  /** `international` works from everywhere, `national` inside the country, so does a `short_code`. */
  kind: z.enum(['international', 'national', 'short_code']),
  description: z.string(),
  description_en: z.string(),
  /** Dangers of which this number is the specialised line. */
  crisis: z.array(z.enum(['self_harm', 'gbv', 'trafficking', 'child_alone'])).optional(),
});

/** `confirmed`: read in a named source. `unverified`: a weak or old source. `likely`: general knowledge. */
const confidence = z.enum(['confirmed', 'unverified', 'likely']);

const location = z.strictObject({
  name: z.string(),
  address: z.string(),
  city: z.string(),
  admin1: z.string(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  /** `city`: the middle of the town, not the office. */
  geo_precision: z.enum(['city', 'address', 'none']),
});

const tier = z.strictObject({
  name: z.string(),
  annual_rate: percent,
  max: z.number().optional(),
  max_price: z.number().optional(),
  max_term_months: months.optional(),
});

const credit = z.strictObject({
  currency,
  min: amount,
  max: amount,
  annual_rate: percent.nullable(),
  annual_rate_min: percent.optional(),
  max_term_months: months.nullable(),
  type: z.literal('grant').optional(),
  tiers: z.array(tier).optional(),
  typical: z.number().optional(),
  grace_months: months.optional(),
  down_payment_pct: percent.optional(),
  own_contribution_pct: percent.optional(),
  rate_subsidy_points: percent.optional(),
  fixed_rate_months: months.optional(),
  grant_max: z.number().optional(),
  max_new_business: z.number().optional(),
  max_household_income: z.number().optional(),
  max_is_home_price: z.boolean().optional(),
});

const documents = z.strictObject({
  fee: fee.nullable(),
  fee_first: fee.optional(),
  fee_renewal: fee.optional(),
  fee_second_in_year: fee.optional(),
  fee_5y: fee.optional(),
  fee_10y: fee.optional(),
  fee_lost: fee.optional(),
  processing_days: z
    .number()
    .int('should be whole days')
    .min(0, 'should not be below 0 days')
    .max(730, 'should be at most 730 days')
    .nullable(),
  processing_days_type: z.string().optional(),
});

const statusCheck = z.strictObject({
  online: z.boolean().nullable(),
  url: webAddress.optional(),
  menu: words.optional(),
  enter: words,
});

const service = z.strictObject({
  id: z.string().regex(/^[a-z]{2}(?:-[a-z0-9]+)+$/u, 'should be an id such as gt-dpi'),
  organization_id: z.string(),
  category: z.enum([
    'training',
    'jobs',
    'credit',
    'housing_credit',
    'documents',
    'hotline',
    'shelter',
    'consular',
    'reintegration',
    'legal',
    'reception',
    'belongings',
    'health',
  ]),
  name: words.refine(({ es, en }) => es !== '' && en !== '', 'needs a text in es and in en'),
  description: words,
  eligibility: words,
  application_process: words,
  required_documents: z.array(words),
  fees: words,
  phones: z.array(phone),
  url: webAddress,
  locations: z.array(location),
  schedule: z.string(),
  schedule_en: z.string(),
  source: z.string().min(1, 'should not be empty'),
  source_url: webAddress,
  source_date: sourceDate,
  confidence,
  caution: words.optional(),
  any_trade: z.boolean().optional(),
  trades: z.array(z.string().min(1, 'should not be empty')).optional(),
  trades_source: z.string().optional(),
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/u, 'should be a language such as es')).optional(),
  audience: z.array(z.enum(['abroad', 'family', 'returnee'])).optional(),
  for_country: country.optional(),
  see: z.array(z.string()).optional(),
  credit: credit.optional(),
  documents: documents.optional(),
  status_check: statusCheck.optional(),
  /** The day somebody called and found the facts right. */
  verified_on: day.optional(),
});

const organization = z.strictObject({
  id: z.string().min(1, 'should not be empty'),
  name: z.string().min(1, 'should not be empty'),
  alternate_name: z.string(),
  website: webAddress,
  phones: z.array(phone),
});

const emergencyNumber = z.strictObject({
  number: z.string().regex(/^\d{3,4}$/u, 'should be three or four digits'),
  for: words,
  confidence,
  /** Whom it brings; `any` when absent. `reports` brings nobody. */
  serves: z.array(z.enum(['any', 'police', 'medical', 'fire', 'mental-health', 'reports'])).optional(),
  verified_on: day.optional(),
});

/** A file of the directory: one country with its emergency numbers, organisations and services. */
export const directoryFile = z.strictObject({
  country,
  currency,
  compiled: z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/u, 'should be a month as 2026-11'),
  emergency: z.array(emergencyNumber),
  organizations: z.array(organization),
  services: z.array(service),
});

/** One file as it was read. */
export type DirectoryFile = z.infer<typeof directoryFile>;
/** A service as it stands in its file. */
export type ServiceEntry = DirectoryFile['services'][number];
/** A telephone number of a service or an organisation. */
export type PhoneEntry = ServiceEntry['phones'][number];
/** An emergency number of a country. */
export type EmergencyNumber = DirectoryFile['emergency'][number];

/** A service with what its file says around it. */
export interface Service extends ServiceEntry {
  readonly country: string;
  readonly organisation: string;
}
