package io.postern.auth.redis;

import io.postern.auth.user.Paging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Rows of one kind, each a hash in a slot of its own, with an index of each user's in a slot of the user's own.
 *
 * <p>No command spans two slots, so nothing does both at once. The order is such that the index knows at least as much as
 * there is: a row is entered before it is made, and left out after it is gone. What else the index knows is cleared up
 * when it is read, and by two looks at random whenever a row is added, which keeps the index of a user whom nobody lists
 * at about twice what is live.
 *
 * <p>A row is entered as pending at first, and under another name when it is there. So whoever finds no row and leaves the
 * entry out a moment later cannot hit the entry of a row that was made in between.
 */
final class Rows {

    private static final Script CREATE = Script.named("create");
    private static final Script TOUCH = Script.named("touch");
    private static final Script TAKE = Script.named("take");
    private static final Script INDEX = Script.named("index");
    private static final int PIECE = 100;
    private static final int LONG_PIECE = 1_000;

    private final Commands redis;
    private final String kind;
    private final String[] fields;

    /**
     * Says what rows they are.
     *
     * @param fields those that are read; all if none are named
     */
    Rows(Commands redis, String kind, String... fields) {
        this.redis = redis;
        this.kind = kind;
        this.fields = fields;
    }

    /** Returns the key of a row. */
    String key(String row) {
        return redis.key(kind, row);
    }

    /** Returns the fields that a row has, of those that are read. */
    Map<String, String> read(String row) {
        return redis.call(
                "read a row",
                client -> fields.length == 0 ? client.hgetAll(key(row)) : named(client.hmget(key(row), fields)));
    }

    /**
     * Makes a row unless it is there.
     *
     * @param longest how long the row can live at the most, however often it is used: so long the index has to last
     */
    boolean add(String userId, Entry entry, Map<String, String> fields, String life, String longest) {
        enter(userId, entry.pending(), longest);
        if (!create(entry.row(), fields, life)) {
            leaveOut(userId, List.of(entry.pending()));
            return false;
        }
        look(userId, enter(userId, entry, longest));
        return true;
    }

    /** Makes a row that is in no index. */
    boolean create(String row, Map<String, String> fields, String life) {
        return redis.run(CREATE, "add a row", List.of(key(row)), arguments(fields, life), Commands::number) == 1;
    }

    /** Changes fields of a row, and its life unless 0; answers its user, id and creation, or nothing if it is gone. */
    List<String> touch(String row, Map<String, String> fields, String life) {
        return redis.run(TOUCH, "change a row", List.of(key(row)), arguments(fields, life), Commands::texts);
    }

    /** Removes a row and answers what it was, or nothing if there was none. */
    Map<String, String> take(String userId, Entry entry) {
        List<String> whose = List.of(Text.escape(userId), Text.escape(entry.id()));
        return redis.run(TAKE, "remove a row", List.of(key(entry.row())), whose, Rows::map);
    }

    /** Enters a row into the index, and answers two entries by chance. */
    List<Entry> enter(String userId, Entry entry, String life) {
        List<Entry> entries = index(userId, List.of(entry.member(), life, "", pending(entry)));
        return entries.subList(1, entries.size());
    }

    /** Enters a row unless there is a repeatable one, and answers which is there now. */
    Entry enterUnlessRepeatable(String userId, Entry entry, String life, String now) {
        return index(userId, List.of(entry.member(), life, now, pending(entry))).get(0);
    }

    /** Asks in pieces, since the server does nothing else while it answers, and a user may have any number of rows. */
    List<Entry> all(String userId) {
        List<Entry> entries = new ArrayList<>();
        List<Entry> piece = piece(userId, "-", LONG_PIECE);
        entries.addAll(piece);
        while (piece.size() == LONG_PIECE) {
            piece = piece(userId, "(" + piece.get(LONG_PIECE - 1).member(), LONG_PIECE);
            entries.addAll(piece);
        }
        return entries;
    }

    void leaveOut(String userId, Collection<Entry> entries) {
        String[] members = entries.stream().map(Entry::member).toArray(String[]::new);
        for (int i = 0; i < members.length; i += LONG_PIECE) {
            String[] piece = Arrays.copyOfRange(members, i, Math.min(members.length, i + LONG_PIECE));
            redis.call("tidy an index", client -> client.zrem(indexKey(userId), piece));
        }
    }

    /** Lists what a reader makes of the rows of a user, and clears up entries of which it makes nothing. */
    <T> List<T> list(String userId, Paging paging, Reader<T> reader, Predicate<T> shown) {
        List<T> told = new ArrayList<>();
        Paging rest = paging;
        boolean more = true;
        while (more && told.size() < paging.limit()) {
            String after = "(" + Entry.after(rest.created(), rest.id());
            List<Entry> piece = piece(userId, after, Math.min(PIECE, paging.limit() - told.size()));
            List<Entry> stale = new ArrayList<>();
            for (Entry entry : distinct(piece)) {
                Optional<T> row = redis.call("read a row", client -> reader.read(entry, read(entry.row())));
                row.filter(shown).ifPresent(told::add);
                if (row.isEmpty()) {
                    stale.add(entry);
                }
            }
            leaveOut(userId, stale);
            more = !piece.isEmpty();
            if (more) {
                Entry last = piece.get(piece.size() - 1);
                rest = rest.after(last.created(), last.id());
            }
        }
        return told;
    }

    /** A row can be there twice, pending and not, if another add of it has failed. */
    private static List<Entry> distinct(List<Entry> piece) {
        return IntStream.range(0, piece.size())
                .filter(i -> i == 0 || !piece.get(i).isOfSameRow(piece.get(i - 1)))
                .mapToObj(piece::get)
                .toList();
    }

    private static String pending(Entry entry) {
        String pending = entry.pending().member();
        return pending.equals(entry.member()) ? "" : pending;
    }

    private List<Entry> piece(String userId, String after, int limit) {
        return redis.call(
                "list rows",
                client -> client.zrangeByLex(indexKey(userId), after, "+", 0, limit).stream()
                        .map(Entry::parse)
                        .toList());
    }

    private void look(String userId, List<Entry> some) {
        List<Entry> stale = some.stream()
                .filter(entry -> !redis.call("look for a row", client -> client.exists(key(entry.row()))))
                .toList();
        leaveOut(userId, stale);
    }

    private List<Entry> index(String userId, List<String> args) {
        return redis.run(
                INDEX,
                "enter a row",
                List.of(indexKey(userId)),
                args,
                reply -> Commands.texts(reply).stream().map(Entry::parse).toList());
    }

    private String indexKey(String userId) {
        return redis.key(kind + "u", Text.inKey(userId));
    }

    private static List<String> arguments(Map<String, String> fields, String life) {
        List<String> args = new ArrayList<>(List.of(life));
        fields.forEach((name, value) -> args.addAll(List.of(name, value)));
        return args;
    }

    private Map<String, String> named(List<String> values) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < fields.length; i++) {
            if (values.get(i) != null) {
                row.put(fields[i], values.get(i));
            }
        }
        return row;
    }

    /** Reads a reply that is a list of fields and values. */
    static Map<String, String> map(Object reply) {
        List<String> texts = Commands.texts(reply);
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < texts.size(); i += 2) {
            fields.put(texts.get(i), texts.get(i + 1));
        }
        return fields;
    }

    /** Makes something of a row that the index names. */
    interface Reader<T> {

        /** Answers empty if the fields are none, or not those of the entry's row. */
        Optional<T> read(Entry entry, Map<String, String> fields);
    }
}
