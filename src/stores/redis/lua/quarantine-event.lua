-- Moves an event out of the mailbox. KEYS: lease, inbox, waits, attempts, quarantine, its sum.
-- ARGV: lease, event, at, reason, body, most entries, most bytes. Gives 1, or 0 when it is gone or the lease is lost.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if redis.call('XDEL', KEYS[2], ARGV[2]) == 0 then return 0 end
redis.call('LREM', KEYS[3], 1, ARGV[2])
redis.call('HDEL', KEYS[4], ARGV[2] .. ':alone', ARGV[2] .. ':threw')
local most = { entries = ARGV[6], bytes = ARGV[7] }
keepQuarantined(KEYS[5], KEYS[6], most, 'event', ARGV[3], ARGV[4], ARGV[5])
return 1
