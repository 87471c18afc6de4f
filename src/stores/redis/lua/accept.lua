-- Keeps an event once. KEYS: inbox, waits, hurry, log, days, seen sets (the first is written).
-- ARGV: conversation, at, urgent, body, hash or '', first day, has log, log body, log lifetime.
-- Gives nil for a duplicate, else id and, with a log, serial and timestamp.
local conversation, hash = ARGV[1], ARGV[5]
if hash ~= '' then
  for index = 6, #KEYS do
    if redis.call('SISMEMBER', KEYS[index], hash) == 1 then return false end
  end
  redis.call('SADD', KEYS[6], hash)
  if redis.call('SCARD', KEYS[6]) == 1 then redis.call('SADD', KEYS[5], ARGV[6]) end
end
local id = redis.call('XADD', KEYS[1], '*', 'c', conversation, 'a', ARGV[2], 'u', ARGV[3], 'b', ARGV[4])
redis.call('RPUSH', KEYS[2], id)
if ARGV[3] == '1' then redis.call('SADD', KEYS[3], conversation) end
if ARGV[7] ~= '1' then return { id } end
local place = appendToLog(KEYS[4], conversation, ARGV[8])
if place[1] == 1 then redis.call('PEXPIRE', KEYS[4], ARGV[9]) end
redis.call('PUBLISH', 'puente:log', conversation)
return { id, place[1], place[2] }
