package io.postern.examples.todo;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Stores todos in memory, sorted by id. Safe for use by several threads. */
final class TodoStore {

    private final ConcurrentNavigableMap<Long, Todo> byId = new ConcurrentSkipListMap<>();
    private final AtomicLong lastId = new AtomicLong();

    List<Todo> all() {
        return List.copyOf(byId.values());
    }

    List<Todo> ownedBy(String owner) {
        return byId.values().stream().filter(todo -> todo.owner().equals(owner)).toList();
    }

    Optional<Todo> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    Todo add(String owner, String title, boolean done) {
        Todo added = new Todo(lastId.incrementAndGet(), owner, title, done);
        byId.put(added.id(), added);
        return added;
    }

    /** Returns empty if the todo has been deleted concurrently. */
    Optional<Todo> change(long id, UnaryOperator<Todo> change) {
        return Optional.ofNullable(byId.computeIfPresent(id, (key, todo) -> change.apply(todo)));
    }

    void remove(long id) {
        byId.remove(id);
    }
}
