-- Revokes a family of one user. KEYS: family. ARGV: user.
-- Returns 1 if it was live.
local row = redis.call('HMGET', KEYS[1], 'user', 'revoked')
if row[1] ~= ARGV[1] or row[2] then
  return 0
end
redis.call('HSET', KEYS[1], 'revoked', '1')
return 1
