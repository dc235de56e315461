package io.postern.auth.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.util.SafeEncoder;

/** Passes commands on, writes them down, and does something before one of them. */
final class Recorder implements CommandExecutor {

    private final UnifiedJedis server;
    private final List<CommandArguments> commands = new ArrayList<>();
    private int at = -1;
    private Runnable interference = () -> {};

    Recorder(UnifiedJedis server) {
        this.server = server;
    }

    RedisStores stores() {
        return RedisStores.builder(new UnifiedJedis(this)).build();
    }

    /** Does something before the command of this number, from now on and counted from 0. */
    void before(int command, Runnable something) {
        commands.clear();
        at = command;
        interference = something;
    }

    int count(Runnable operation) {
        commands.clear();
        operation.run();
        return commands.size();
    }

    Set<String> names() {
        return commands.stream()
                .map(command -> SafeEncoder.encode(command.getCommand().getRaw()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the tags of each command's keys. */
    List<Set<String>> tags() {
        return commands.stream()
                .map(command -> command.getKeys().stream()
                        .map(key -> String.valueOf(key).replaceAll("^[^{]*\\{([^}]+)}.*$", "$1"))
                        .collect(Collectors.toSet()))
                .toList();
    }

    @Override
    public <T> T executeCommand(CommandObject<T> command) {
        if (commands.size() == at) {
            at = -1;
            interference.run();
        }
        commands.add(command.getArguments());
        return server.executeCommand(command);
    }

    @Override
    public void close() {}
}
