-- Writes one turn, or nothing. KEYS: lease, inbox, state, outbox, waits, attempts, timers, cases, log, marks,
-- then the cases to put, to close and to drop, in that order.
-- ARGV: lease, conversation, event, expected version, packed state, lifetime, erase, then counted lists:
-- outbox bodies, log bodies, timers to set (name, due), to clear, cases to put (member, score, packed),
-- cases to close (member), and for erase: outbox ids, timer members and case members to drop.
-- Gives 'lease-lost', 'already-done', 'conflict', or { outbox ids, log places }.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'lease-lost' end
local conversation, event = ARGV[2], ARGV[3]
if (tonumber(redis.call('GETRANGE', KEYS[3], 0, 9)) or 0) ~= tonumber(ARGV[4]) then
  -- An event that was applied before has moved the version too: say which of the two it is.
  if #redis.call('XRANGE', KEYS[2], event, event) == 0 then return 'already-done' end
  return 'conflict'
end
if redis.call('XDEL', KEYS[2], event) == 0 then return 'already-done' end

local at, caseAt = 7, 10
local function take()
  at = at + 1
  return ARGV[at]
end
local function takeList()
  local items = {}
  for index = 1, tonumber(take()) do items[index] = take() end
  return items
end
local function nextCase()
  caseAt = caseAt + 1
  return KEYS[caseAt]
end
local function forgetEvent(id)
  redis.call('HDEL', KEYS[6], id .. ':alone', id .. ':threw')
end

local erase = ARGV[7] == '1'
local older = erase and redis.call('LPOS', KEYS[5], event) or 0
redis.call('LREM', KEYS[5], 1, event)
forgetEvent(event)
local outbox, log, set, clear = takeList(), takeList(), takeList(), takeList()
local put, close = takeList(), takeList()
local dropOutbox, dropTimers, dropCases = takeList(), takeList(), takeList()

if erase then
  -- What came after the erasing event is a new conversation's.
  for index = 1, older do
    local id = redis.call('LPOP', KEYS[5])
    redis.call('XDEL', KEYS[2], id)
    forgetEvent(id)
  end
  redis.call('UNLINK', KEYS[9])
  for _, id in ipairs(dropOutbox) do
    redis.call('XDEL', KEYS[4], id)
    redis.call('HDEL', KEYS[10], id)
  end
  for _, member in ipairs(dropTimers) do redis.call('ZREM', KEYS[7], member) end
  for index, member in ipairs(dropCases) do
    redis.call('ZREM', KEYS[8], member)
    redis.call('UNLINK', KEYS[10 + #put / 3 + #close + index])
  end
end

redis.call('SET', KEYS[3], ARGV[5], 'PX', ARGV[6])
local ids, places = {}, {}
for index, body in ipairs(outbox) do
  ids[index] = redis.call('XADD', KEYS[4], '*', 'c', conversation, 'b', body)
end
for index = 1, #set, 2 do redis.call('ZADD', KEYS[7], set[index + 1], conversation .. ' ' .. set[index]) end
for _, name in ipairs(clear) do redis.call('ZREM', KEYS[7], conversation .. ' ' .. name) end
for index = 1, #put, 3 do
  redis.call('ZADD', KEYS[8], put[index + 1], put[index])
  redis.call('SET', nextCase(), put[index + 2])
end
for _, member in ipairs(close) do
  redis.call('ZREM', KEYS[8], member)
  redis.call('UNLINK', nextCase())
end
for index, body in ipairs(log) do places[index] = appendToLog(KEYS[9], conversation, body) end
redis.call('PEXPIRE', KEYS[9], ARGV[6])
if #log > 0 then redis.call('PUBLISH', 'puente:log', conversation) end
return { ids, places }
