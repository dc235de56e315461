/**
 * Stores in Redis, for applications on several servers; read {@link io.postern.auth.redis.RedisStores} first.
 *
 * <p>Depends on the stores' interfaces in the features of {@code io.postern.auth}, and on Jedis.
 */
@NullMarked
package io.postern.auth.redis;

import org.jspecify.annotations.NullMarked;
