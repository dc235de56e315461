package io.postern.auth.testing;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told. */
public final class Events implements AuthListener {

    private final List<AuthEvent> seen = new ArrayList<>();

    @Override
    public synchronized void on(AuthEvent event) {
        seen.add(event);
    }

    public synchronized List<AuthEvent> all() {
        return List.copyOf(seen);
    }

    public <T extends AuthEvent> List<T> of(Class<T> type) {
        return all().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
