-- Entries to send with their marks. KEYS: outbox, marks. ARGV: after, limit. Gives { id, fields, mark or '' } each.
local entries = redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', ARGV[2])
for _, entry in ipairs(entries) do entry[3] = redis.call('HGET', KEYS[2], entry[1]) or '' end
return entries
