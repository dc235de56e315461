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

/** Says commands to the server, and turns whatever goes wrong into a {@link StoreException}. */
final class Commands {

    private final UnifiedJedis jedis;
    private final String prefix;

    Commands(UnifiedJedis jedis, String prefix) {
        this.jedis = jedis;
        this.prefix = prefix;
    }

    /** Returns the name of a key; what shares the tag shares a slot of a cluster. */
    String key(String kind, String tag) {
        return prefix + kind + ":{" + tag + "}";
    }

    /**
     * Runs a command and reads its reply.
     *
     * <p>Jedis throws all sorts of exceptions when a reply has another form than it expects, and so do we when a value is
     * not ours. None of them may look like an answer.
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

    /** Reads a reply that is a list of texts. */
    static List<String> texts(Object reply) {
        List<String> texts = new ArrayList<>();
        for (Object text : (List<?>) reply) {
            texts.add((String) text);
        }
        return texts;
    }

    private static Object reply(UnifiedJedis client, Script script, List<String> keys, List<String> args) {
        try {
            return client.evalsha(script.sha1(), keys, args);
        } catch (JedisNoScriptException unknown) {
            // A server that was restarted, or that has just taken over. This tells it the script as well.
            return client.eval(script.text(), keys, args);
        }
    }

    /**
     * After a restart or a change of roles all idle connections are as dead as this one, and each would fail one request.
     * A connection that is merely slow is no reason to make them all anew.
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
