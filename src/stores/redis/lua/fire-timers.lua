-- Moves due timers into the mailbox. KEYS: lease, timers, inbox, then the waits list of each.
-- ARGV: lease, now, then conversation and name of each. Gives how many were moved.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local moved = 0
for index = 1, #KEYS - 3 do
  local conversation, name = ARGV[1 + 2 * index], ARGV[2 + 2 * index]
  local member = conversation .. ' ' .. name
  local due = redis.call('ZSCORE', KEYS[2], member)
  if due and tonumber(due) <= tonumber(ARGV[2]) then
    redis.call('ZREM', KEYS[2], member)
    local id = redis.call('XADD', KEYS[3], '*', 'c', conversation, 'a', ARGV[2], 'u', '0', 't', name)
    redis.call('RPUSH', KEYS[3 + index], id)
    moved = moved + 1
  end
end
return moved
