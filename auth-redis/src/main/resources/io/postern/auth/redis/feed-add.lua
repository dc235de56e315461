-- Adds revocations, all or none. KEYS: feed by position, feed by end, last position, then one for each entry.
-- ARGV: the oldest end that counts in microseconds; then name, time, end and life in ms of each entry.
local feed, ends, last = KEYS[1], KEYS[2], KEYS[3]
local margin = 3600000000

local function later(one, other)
  return tonumber(one) > tonumber(other) and one or other
end

local function prolong(key, life)
  if redis.call('PTTL', key) < life then
    redis.call('PEXPIRE', key, string.format('%.0f', life))
  end
end

-- A key of a wrong type fails here, before anything is written.
redis.call('ZCARD', feed)
redis.call('ZCARD', ends)
for i = 4, #KEYS do
  redis.call('GET', KEYS[i])
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local position = math.max(now, tonumber(redis.call('GET', last) or '0'))
local longest = 86400000
for i = 4, #KEYS do
  local at = 4 * (i - 4) + 1
  local name, revoked, expires, life = ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], tonumber(ARGV[at + 4])
  local old = redis.call('GET', KEYS[i])
  if old then
    redis.call('ZREM', feed, name .. '\t' .. old)
    redis.call('ZREM', ends, name .. '\t' .. old)
    local oldRevoked, oldExpires = string.match(old, '^(%-?%d+)\t(%-?%d+)$')
    -- A damaged value is replaced.
    if oldRevoked then
      revoked, expires = later(revoked, oldRevoked), later(expires, oldExpires)
    end
    life = math.max(life, redis.call('PTTL', KEYS[i]))
  end
  local value = revoked .. '\t' .. expires
  position = position + 1
  redis.call('SET', KEYS[i], value, 'PX', string.format('%.0f', life))
  redis.call('ZADD', feed, string.format('%.0f', position), name .. '\t' .. value)
  redis.call('ZADD', ends, expires, name .. '\t' .. value)
  longest = math.max(longest, life)
end
redis.call('SET', last, string.format('%.0f', position), 'KEEPTTL')

-- Deletes entries that expired an hour ago, by the caller's clock and by this server's, in case deleteExpired is not called.
local over = string.format('%.0f', math.min(tonumber(ARGV[1]), now - margin))
for _, member in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', '(' .. over, 'LIMIT', 0, 10 + 2 * #KEYS)) do
  redis.call('ZREM', ends, member)
  redis.call('ZREM', feed, member)
end
prolong(feed, longest)
prolong(ends, longest)
prolong(last, longest)
return 1
