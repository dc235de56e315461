-- Refreshes: io.postern.auth.refresh.RefreshTokenStore.rotate on the one hash of a family.
-- KEYS: family. ARGV: see the names below; times are microseconds.
-- Answers what became of it, the current token (id, issued, expires), and '1' if the family is in no index yet.
-- Tokens are fields 'token:' .. id with the values '<expires> <used or nothing>'.
local key = KEYS[1]
local user, stamp, label, address, agent = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local created, expires, ends = ARGV[6], ARGV[7], ARGV[8]
local shown, shownExpires = ARGV[9], ARGV[10]
local nextId, nextIssued, nextExpires = ARGV[11], ARGV[12], ARGV[13]
local now, grace, replace, adopt, id = ARGV[14], ARGV[15], ARGV[16] == '1', ARGV[17] == '1', ARGV[18]
local margin = 3600000000

local function later(one, other)
  return tonumber(one) > tonumber(other) and one or other
end

-- Drops tokens that nobody can show any more. A few fields by chance are all that one refresh looks at: the server does
-- nothing else meanwhile, and one client that refreshes in a loop makes this hash as long as it likes. (HSCAN reads hashes
-- of some hundred fields whole.) Each refresh adds one token and looks at eight, so of many about an eighth are over.
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

local kept = redis.call('HMGET', key, 'user', 'stamp', 'ends', 'revoked', 'label', 'expires', 'current', 'issued',
  'until', 'token:' .. shown, 'unlisted')
local known, use, unlisted = kept[1], kept[10], kept[11] or ''
if known then
  ends = kept[3]
  if kept[4] or tonumber(now) >= tonumber(ends) or kept[2] ~= stamp then
    redis.call('HSET', key, 'revoked', '1')
    return {'revoked'}
  end
end
if tonumber(nextExpires) > tonumber(ends) then
  nextExpires = ends
end
if not use then
  if not adopt then
    return {'unknown'}
  end
else
  local used = string.match(use, ' (.+)$')
  if used then
    -- A client that repeats a command whose answer was lost is no thief: the successor is its own.
    if used == now and kept[7] == nextId and kept[8] == nextIssued and kept[9] == nextExpires then
      return {'rotated', nextId, nextIssued, nextExpires, unlisted}
    end
    local since = tonumber(now) - tonumber(used)
    -- As Rotation.isWithinGrace has it: a clock that was set back must not stretch the grace.
    if since < tonumber(grace) and since >= -tonumber(grace) then
      return {'repeated', kept[7], kept[8], kept[9], unlisted}
    end
    redis.call('HSET', key, 'revoked', '1')
    return {'reused'}
  end
end

if known then
  sweep()
  expires = later(nextExpires, kept[6])
  label = kept[5] ~= '' and kept[5] or label
else
  redis.call('HSET', key, 'id', id, 'user', user, 'stamp', stamp, 'created', created, 'ends', ends,
    'unlisted', '1')
  unlisted = '1'
  expires = later(nextExpires, expires)
end
redis.call('HSET', key, 'token:' .. shown, shownExpires .. ' ' .. (replace and now or ''))
redis.call('HSET', key, 'token:' .. nextId, nextExpires .. ' ')
redis.call('HSET', key, 'label', label, 'address', address, 'agent', agent, 'refreshed', now, 'expires', expires,
  'current', nextId, 'issued', nextIssued, 'until', nextExpires)
local life = math.max(0, tonumber(later(expires, shownExpires)) - tonumber(now)) + margin
local left = redis.call('PTTL', key)
if left < life / 1000 then
  redis.call('PEXPIRE', key, string.format('%.0f', life / 1000))
end
return {'rotated', nextId, nextIssued, nextExpires, unlisted}
