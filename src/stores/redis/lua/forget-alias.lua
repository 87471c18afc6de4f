-- Forgets an alias that still leads to a conversation. KEYS: alias. ARGV: conversation.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('UNLINK', KEYS[1])
