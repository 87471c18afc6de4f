/** How a fault is treated: again with back-off, a few times, never, or by telling the operator first. */
export type Retry = 'back-off' | 'few' | 'never' | 'operator';

/** One entry of the one list of errors. */
export interface ErrorEntry {
  readonly retry: Retry;
  /** Whether the fault is in Puente or its settings, not with the other side. */
  readonly ours: boolean;
  /** For the operator's log and for `doctor`. */
  readonly operator: string;
  /** Locale key for the person, when they have to know. */
  readonly person?: string;
}

/** Every expected fault, by code. Adding one: here and, when `person` is set, `common.json of each locale`. */
export const errors = {
  'store-unavailable': { retry: 'back-off', ours: true, operator: 'The store cannot keep or read data now.' },
  'turn-failed': { retry: 'few', ours: true, operator: 'A turn threw.', person: 'common:failed' },
  'event-quarantined': {
    retry: 'never',
    ours: true,
    operator: 'An event failed again and again and was set aside.',
    person: 'common:failed',
  },
  'payload-unreadable': {
    retry: 'never',
    ours: false,
    operator: 'A signed webhook body could not be understood; it is in quarantine.',
  },
  'send-timeout': { retry: 'back-off', ours: false, operator: 'The provider did not answer in time.' },
  'send-network': { retry: 'back-off', ours: false, operator: 'The provider could not be reached.' },
  'send-unavailable': { retry: 'back-off', ours: false, operator: 'The provider answered that it is down.' },
  'send-throttled': { retry: 'back-off', ours: false, operator: 'The provider asks to send more slowly.' },
  'send-pair-limit': {
    retry: 'back-off',
    ours: false,
    operator: 'Too many messages to one person in a short time.',
  },
  'send-unknown': { retry: 'few', ours: false, operator: 'The provider failed without saying why.' },
  'send-credentials': {
    retry: 'operator',
    ours: true,
    operator: 'The provider refuses our credentials or account.',
  },
  'send-window-closed': {
    retry: 'never',
    ours: false,
    operator: 'More than 24 hours since the last message of the person.',
  },
  'send-undeliverable': {
    retry: 'never',
    ours: false,
    operator: 'The person cannot be reached on this channel.',
  },
  'send-rejected': { retry: 'never', ours: true, operator: 'The provider calls our message wrong.' },
  'send-in-doubt': {
    retry: 'never',
    ours: false,
    operator: 'It is not known whether a message went out; a caseworker decides.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** Code of an entry. */
export type ErrorCode = keyof typeof errors;

/** The entry of a code. */
export const errorEntry = (code: ErrorCode): ErrorEntry => errors[code];

/** Thrown by a store that cannot keep or read now. The edge answers 503; the worker waits and tries again. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Thrown at start for settings or files that are wrong: every fault at once. Exit code 2. */
export class SetupFaults extends Error {
  override readonly name = 'SetupFaults';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}
