/** Days after which an alias that nobody asked for is forgotten (docs/decisions/0006-aliases-expire.md). */
export const aliasDays = 400;

/** Most that is kept in quarantine; the oldest go first. */
export const mostQuarantined = { entries: 10_000, bytes: 200_000_000 } as const;
