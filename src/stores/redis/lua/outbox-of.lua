-- One page of the search for a conversation's unsent entries. KEYS: outbox. ARGV: conversation, after, page size.
-- Gives the last id looked at ('' at the end) and the ids found.
local entries = redis.call('XRANGE', KEYS[1], '(' .. ARGV[2], '+', 'COUNT', ARGV[3])
local found, last = {}, ''
for _, entry in ipairs(entries) do
  last = entry[1]
  if entry[2][2] == ARGV[1] then found[#found + 1] = entry[1] end
end
return { last, found }
