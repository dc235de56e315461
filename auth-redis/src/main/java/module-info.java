/** Stores of Postern in Redis, by Jedis. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.postern.auth.redis {
    requires transitive io.postern.auth.core;
    requires transitive redis.clients.jedis;
    // Jedis is an automatic module, which pulls in nothing by itself.
    requires org.apache.commons.pool2;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.postern.auth.redis;
}
