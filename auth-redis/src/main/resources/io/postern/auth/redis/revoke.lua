-- Revokes a family, known or not. KEYS: family. ARGV: life in ms, the field of the token, fields and values of a new one.
-- Returns 1 if it was live and the token was not used.
local was = 1
if redis.call('EXISTS', KEYS[1]) == 1 then
  local row = redis.call('HMGET', KEYS[1], 'revoked', ARGV[2])
  if row[1] or (row[2] and string.match(row[2], ' .')) then
    was = 0
  end
else
  redis.call('HSET', KEYS[1], unpack(ARGV, 3))
end
redis.call('HSET', KEYS[1], 'revoked', '1')
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return was
