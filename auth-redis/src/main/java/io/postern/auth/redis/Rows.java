package io.postern.auth.redis;

import io.postern.auth.user.Paging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of one kind, each a hash in a slot of its own, with an index for each user in a slot of the user's own.
 *
 * <p>No command spans two slots, so that a row and its index entry are not written at once. The order guarantees that the
 * index contains at least every row: an entry is added before its row is created, and removed after the row. Stale entries
 * are removed when the index is read, and two random entries are checked whenever a row is added, which keeps an index that
 * is never listed at about twice the number of live rows.
 *
 * <p>An entry is pending at first, and replaced by another member when the row exists. So a caller that finds no row and
 * removes the entry a moment later cannot remove the entry of a row that was created in between.
 */
final class Rows {

    private static final Logger LOG = LoggerFactory.getLogger(Rows.class);
    private static final Script CREATE = Script.named("create");
    private static final Script TOUCH = Script.named("touch");
    private static final Script TAKE = Script.named("take");
    private static final Script INDEX = Script.named("index");
    private static final int PAGE = 100;
    private static final int LONG_PAGE = 1_000;

    private final Commands redis;
    private final String kind;
    private final String[] fields;

    /**
     * Creates an accessor for rows of a kind.
     *
     * @param fields the fields to read; all if none are named
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

    /** Returns the fields to read that a row has; none if the row does not exist. */
    Map<String, String> read(String row) {
        return redis.call(
                "read a row",
                client -> fields.length == 0 ? client.hgetAll(key(row)) : named(client.hmget(key(row), fields)));
    }

    /**
     * Creates a row and its index entry, unless there is such a row.
     *
     * @param longest the maximum life of the row, however often it is used, and so the life of the index
     */
    boolean add(String userId, Entry entry, Map<String, String> fields, String life, String longest) {
        return add(userId, entry, fields, life, longest, () -> true);
    }

    /**
     * Creates a row and its index entry, unless there is such a row, or a claim that is made after creating it fails.
     *
     * @param longest the maximum life of the row, however often it is used, and so the life of the index
     */
    boolean add(
            String userId,
            Entry entry,
            Map<String, String> fields,
            String life,
            String longest,
            BooleanSupplier claim) {
        enter(userId, entry.pending(), longest);
        boolean created = create(entry.row(), fields, life);
        if (created && claim.getAsBoolean()) {
            check(userId, enter(userId, entry, longest));
            return true;
        }
        if (created) {
            take(userId, entry);
        }
        leaveOut(userId, List.of(entry.pending()));
        return false;
    }

    /** Creates a row without an index entry, unless there is such a row. */
    boolean create(String row, Map<String, String> fields, String life) {
        return redis.run(CREATE, "add a row", List.of(key(row)), arguments(fields, life), Commands::number) == 1;
    }

    /** Changes fields of a row, and its life unless 0; returns its user, id and creation, or nothing without a row. */
    List<String> touch(String row, Map<String, String> fields, String life) {
        return redis.run(TOUCH, "change a row", List.of(key(row)), arguments(fields, life), Commands::texts);
    }

    /** Removes the row of a user and id, and returns its fields; none if the row does not exist. */
    Map<String, String> take(String userId, Entry entry) {
        List<String> whose = List.of(Text.escape(userId), Text.escape(entry.id()));
        return redis.run(TAKE, "remove a row", List.of(key(entry.row())), whose, Rows::map);
    }

    /** Adds an entry to the index, and returns two random entries. */
    List<Entry> enter(String userId, Entry entry, String life) {
        return redis.run(
                INDEX,
                "enter a row",
                List.of(indexKey(userId)),
                List.of(entry.member(), life, pending(entry)),
                reply -> entries(Commands.texts(reply)));
    }

    /** Reads all entries in pages, because the server is blocked while it returns one, and a user may have any number. */
    List<Entry> all(String userId) {
        List<Entry> entries = new ArrayList<>();
        List<String> page = page(userId, "-", LONG_PAGE);
        entries.addAll(entries(page));
        while (page.size() == LONG_PAGE) {
            page = page(userId, "(" + page.get(LONG_PAGE - 1), LONG_PAGE);
            entries.addAll(entries(page));
        }
        return entries;
    }

    /** Removes chosen rows of a user, and returns how many there were. */
    int removeAll(String userId, Predicate<Entry> chosen) {
        return removeAll(userId, chosen, entry -> !take(userId, entry).isEmpty());
    }

    /** Removes chosen rows of a user by a removal that returns whether there was such a row; returns how many there were. */
    int removeAll(String userId, Predicate<Entry> chosen, Predicate<Entry> removal) {
        List<Entry> entries = all(userId).stream().filter(chosen).toList();
        int count = (int) entries.stream().filter(removal).count();
        leaveOut(userId, entries);
        return count;
    }

    boolean exists(String row) {
        return redis.call("check a row", client -> client.exists(key(row)));
    }

    void leaveOut(String userId, Collection<Entry> entries) {
        String[] members = entries.stream().map(Entry::member).toArray(String[]::new);
        for (int i = 0; i < members.length; i += LONG_PAGE) {
            String[] page = Arrays.copyOfRange(members, i, Math.min(members.length, i + LONG_PAGE));
            redis.call("tidy an index", client -> client.zrem(indexKey(userId), page));
        }
    }

    /**
     * Returns the rows of a user as a reader parses them, and removes the entries whose rows it rejects. Damaged rows and
     * entries are logged and left out.
     */
    <T> List<T> list(String userId, Paging paging, Reader<T> reader, Predicate<T> wanted) {
        List<T> listed = new ArrayList<>();
        String after = Entry.after(paging.created(), paging.id());
        boolean more = true;
        while (more && listed.size() < paging.limit()) {
            List<String> page = page(userId, "(" + after, Math.min(PAGE, paging.limit() - listed.size()));
            List<Entry> stale = new ArrayList<>();
            for (Entry entry : distinct(entries(page))) {
                Map<String, String> fields = read(entry.row());
                Optional<T> row;
                try {
                    row = reader.read(entry, fields);
                } catch (RuntimeException e) {
                    LOG.warn("a damaged row of kind {} is left out of a list", kind, e);
                    continue;
                }
                if (row.isEmpty()) {
                    stale.add(entry);
                }
                // Outside the try: it may read, and a failing store must not shorten the list.
                row.filter(wanted).ifPresent(listed::add);
            }
            leaveOut(userId, stale);
            more = !page.isEmpty();
            if (more) {
                after = after(page.get(page.size() - 1));
            }
        }
        return listed;
    }

    /** Returns what comes after all entries of a member's row. */
    private String after(String member) {
        return entries(List.of(member)).stream()
                .map(entry -> Entry.after(entry.created(), entry.id()))
                .findFirst()
                .orElse(member);
    }

    private List<Entry> entries(List<String> members) {
        List<Entry> entries = new ArrayList<>();
        for (String member : members) {
            try {
                entries.add(Entry.parse(member));
            } catch (RuntimeException e) {
                LOG.warn("a damaged entry of the index of kind {} is left out", kind, e);
            }
        }
        return entries;
    }

    /** A row can have two entries, pending and not, if another attempt to add it has failed. */
    private static List<Entry> distinct(List<Entry> page) {
        return IntStream.range(0, page.size())
                .filter(i -> i == 0 || !page.get(i).isOfSameRow(page.get(i - 1)))
                .mapToObj(page::get)
                .toList();
    }

    private static String pending(Entry entry) {
        String pending = entry.pending().member();
        return pending.equals(entry.member()) ? "" : pending;
    }

    private List<String> page(String userId, String after, int limit) {
        return redis.call("list rows", client -> client.zrangeByLex(indexKey(userId), after, "+", 0, limit));
    }

    private void check(String userId, List<Entry> some) {
        leaveOut(userId, some.stream().filter(entry -> !exists(entry.row())).toList());
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

    /** Parses a row with an index entry. */
    interface Reader<T> {

        /** Returns empty if there are no fields, or they are those of another row than the entry's. */
        Optional<T> read(Entry entry, Map<String, String> fields);
    }
}
