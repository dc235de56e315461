-- Creates a row unless it exists. KEYS: row. ARGV: life in ms, 0 for unlimited; fields and values.
-- Returns 1 if it was created.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
if ARGV[1] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return 1
