-- Waiting events of one conversation, in order. KEYS: inbox, waits. ARGV: limit.
local entries = {}
for _, id in ipairs(redis.call('LRANGE', KEYS[2], 0, ARGV[1] - 1)) do
  local found = redis.call('XRANGE', KEYS[1], id, id)
  if found[1] then entries[#entries + 1] = found[1] end
end
return entries
