-- Takes all hurried conversations of some partitions, each once. KEYS: hurry sets.
local taken = {}
for _, key in ipairs(KEYS) do
  for _, conversation in ipairs(redis.call('SPOP', key, 1000)) do taken[#taken + 1] = conversation end
end
return taken
