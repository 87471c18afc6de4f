-- Keeps a body nobody can read. KEYS: quarantine, its sum. ARGV: most entries, most bytes, source, at, reason, body.
local most = { entries = ARGV[1], bytes = ARGV[2] }
keepQuarantined(KEYS[1], KEYS[2], most, ARGV[3], ARGV[4], ARGV[5], ARGV[6])
return 1
