package io.postern.auth.redis;

import io.postern.auth.StoreException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Sends commands to the server, and converts every failure to a {@link StoreException}. */
final class Commands {

    private final UnifiedJedis jedis;
    private final String prefix;

    Commands(UnifiedJedis jedis, String prefix) {
        this.jedis = jedis;
        this.prefix = prefix;
    }

    /** Returns the name of a key; keys of the same tag are in the same slot of a cluster. */
    String key(String kind, String tag) {
        return prefix + kind + ":{" + tag + "}";
    }

    /**
     * Runs a command and reads its reply.
     *
     * <p>Jedis throws all kinds of exceptions when a reply has another form than it expects, and so do the stores when a
     * value is not theirs. Each of them is a failure.
     */
    <T> T call(String what, Function<UnifiedJedis, T> command) {
        try {
            return command.apply(jedis);
        } catch (RuntimeException e) {
            dropDeadConnections(e);
            throw new StoreException("Redis failed to " + what, e);
        }
    }

    /** Runs a script; all its keys share a slot. */
    <T> T run(Script script, String what, List<String> keys, List<String> args, Function<Object, T> reader) {
        return call(what, client -> reader.apply(reply(client, script, keys, args)));
    }

    /** Reads a reply that is a number. */
    static long number(Object reply) {
        return (Long) reply;
    }

    /** Reads a reply that is a list of strings. */
    static List<String> texts(Object reply) {
        List<String> strings = new ArrayList<>();
        for (Object string : (List<?>) reply) {
            strings.add((String) string);
        }
        return strings;
    }

    private static Object reply(UnifiedJedis client, Script script, List<String> keys, List<String> args) {
        try {
            return client.evalsha(script.sha1(), keys, args);
        } catch (JedisNoScriptException unknown) {
            // The server was restarted or has just been promoted. EVAL also caches the script.
            return client.eval(script.text(), keys, args);
        }
    }

    /**
     * After a restart or a change of roles all idle connections are as dead as this one, and each would fail one request.
     * A timeout is not a reason to replace them all.
     */
    private void dropDeadConnections(RuntimeException failure) {
        boolean closed =
                failure instanceof JedisConnectionException && !(failure.getCause() instanceof SocketTimeoutException);
        boolean demoted = failure instanceof JedisDataException
                && String.valueOf(failure.getMessage()).startsWith("READONLY");
        if ((closed || demoted) && jedis instanceof JedisPooled pooled) {
            pooled.getPool().clear();
        }
    }
}
