-- Adds a member to the index of a user. KEYS: index. ARGV: member; life in ms, 0 for unlimited; the pending member that it
-- replaces, or ''.
-- Returns two random members, so that the caller can check whether their rows still exist.
local left = redis.call('PTTL', KEYS[1])
redis.call('ZADD', KEYS[1], 0, ARGV[1])
if ARGV[3] ~= '' then
  redis.call('ZREM', KEYS[1], ARGV[3])
end
if ARGV[2] == '0' then
  redis.call('PERSIST', KEYS[1])
elseif left ~= -1 and left < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return redis.call('ZRANDMEMBER', KEYS[1], 2)
