-- Records a request if the rate allows it. KEYS: log. ARGV: now, the time up to which requests no longer count, limit,
-- life in ms. Returns nothing if the request is admitted, else the number of recorded requests and the time of the oldest.
local counting = '(' .. ARGV[2]
local count = redis.call('ZCOUNT', KEYS[1], counting, '+inf')
if count >= tonumber(ARGV[3]) then
  local oldest = redis.call('ZRANGEBYSCORE', KEYS[1], counting, '+inf', 'LIMIT', 0, 1)[1]
  return {count, oldest and string.match(oldest, '^%-?%d+') or ARGV[1]}
end
local same = redis.call('ZCOUNT', KEYS[1], ARGV[1], ARGV[1])
-- A server without memory rejects the first command that writes.
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1] .. ' ' .. same)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2])
return {}
