-- Delivers a publication without history, unless its idempotency key is known.
-- KEYS: 1 result of the idempotency key
-- ARGV: 1 message, 2 pub/sub channel, 3 idempotency ttl ms, 4 PUBLISH or SPUBLISH
-- Returns 1 if nothing was published.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 1
end
redis.call(ARGV[4], ARGV[2], ARGV[1])
redis.call('HSET', KEYS[1], 'e', '', 'o', '0')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 0
