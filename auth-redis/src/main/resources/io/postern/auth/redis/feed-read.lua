-- Reads the feed. KEYS: feed by position. ARGV: cursor, limit.
-- Returns the server's time in seconds and microseconds, and members with their positions.
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
local time = redis.call('TIME')
return {time[1], time[2], found}
