-- Refreshes a token: io.postern.auth.refresh.Rotation.decide and its effect, on the one hash of a family.
-- KEYS: family. ARGV: see the names below; times are microseconds.
-- Returns the outcome, the current token (id, issued, expires), '1' if the family is not in an index yet, and for a repeated
-- token the device of the last refresh (label, address, agent).
-- Tokens are fields 'token:' .. id with the values '<expires> <time of use or nothing>'.
local key = KEYS[1]
local user, stamp, label, address, agent = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local created, expires, ends = ARGV[6], ARGV[7], ARGV[8]
local presented, presentedExpires = ARGV[9], ARGV[10]
local nextId, nextIssued, nextExpires = ARGV[11], ARGV[12], ARGV[13]
local now, grace, rotate, acceptUnknown, id = ARGV[14], ARGV[15], ARGV[16] == '1', ARGV[17] == '1', ARGV[18]
local margin = 3600000000

local function later(one, other)
  return tonumber(one) > tonumber(other) and one or other
end

-- Deletes expired tokens. One refresh examines only a few random fields: the server does nothing else meanwhile, and a
-- client that refreshes in a loop makes this hash as long as it likes. (HSCAN reads hashes of some hundred fields whole.)
-- Each refresh adds one token and examines eight, so that at most about an eighth of them are expired.
local function sweep()
  if redis.call('HLEN', key) < 64 then
    return
  end
  local some, over = redis.call('HRANDFIELD', key, 8, 'WITHVALUES'), {}
  for i = 1, #some, 2 do
    local expiry = string.sub(some[i], 1, 6) == 'token:' and string.match(some[i + 1], '^%-?%d+')
    if expiry and tonumber(expiry) < tonumber(now) - margin then
      table.insert(over, some[i])
    end
  end
  if #over > 0 then
    redis.call('HDEL', key, unpack(over))
  end
end

local row = redis.call('HMGET', key, 'user', 'stamp', 'ends', 'revoked', 'label', 'expires', 'current', 'issued',
  'until', 'token:' .. presented, 'unlisted', 'address', 'agent')
local known, use, unlisted = row[1], row[10], row[11] or ''
if known then
  ends = row[3]
  if row[4] or tonumber(now) >= tonumber(ends) or row[2] ~= stamp then
    redis.call('HSET', key, 'revoked', '1')
    return {'revoked'}
  end
end
if tonumber(nextExpires) > tonumber(ends) then
  nextExpires = ends
end
if not use then
  if not acceptUnknown then
    return {'unknown'}
  end
else
  local used = string.match(use, ' (.+)$')
  if used then
    -- The same rotation again: the client repeated a command whose reply was lost.
    if used == now and row[7] == nextId and row[8] == nextIssued and row[9] == nextExpires then
      return {'rotated', nextId, nextIssued, nextExpires, unlisted}
    end
    local since = tonumber(now) - tonumber(used)
    -- A clock that was set back must not prolong the grace period.
    if since < tonumber(grace) and since >= -tonumber(grace) then
      return {'repeated', row[7], row[8], row[9], unlisted, row[5] or '', row[12] or '', row[13] or ''}
    end
    redis.call('HSET', key, 'revoked', '1')
    return {'reused'}
  end
end

if known then
  sweep()
  expires = later(nextExpires, row[6])
  label = row[5] ~= '' and row[5] or label
else
  redis.call('HSET', key, 'id', id, 'user', user, 'stamp', stamp, 'created', created, 'ends', ends,
    'unlisted', '1')
  unlisted = '1'
  expires = later(nextExpires, expires)
end
redis.call('HSET', key, 'token:' .. presented, presentedExpires .. ' ' .. (rotate and now or ''))
redis.call('HSET', key, 'token:' .. nextId, nextExpires .. ' ')
redis.call('HSET', key, 'label', label, 'address', address, 'agent', agent, 'refreshed', now, 'expires', expires,
  'current', nextId, 'issued', nextIssued, 'until', nextExpires)
local life = math.max(0, tonumber(later(expires, presentedExpires)) - tonumber(now)) + margin
local left = redis.call('PTTL', key)
if left < life / 1000 then
  redis.call('PEXPIRE', key, string.format('%.0f', life / 1000))
end
return {'rotated', nextId, nextIssued, nextExpires, unlisted}
