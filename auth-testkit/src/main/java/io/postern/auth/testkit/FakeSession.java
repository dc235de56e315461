package io.postern.auth.testkit;

import io.postern.auth.SessionHandle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A session in memory, which several {@link FakeRequest}s may share. Not safe for use by several threads. */
public final class FakeSession implements SessionHandle {

    private final Map<String, String> attributes = new LinkedHashMap<>();
    private int starts;
    private boolean certain = true;

    /** Creates an anonymous session. */
    public FakeSession() {}

    @Override
    public Optional<String> attribute(String name) {
        return certain ? unprovenAttribute(name) : Optional.empty();
    }

    @Override
    public Optional<String> unprovenAttribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /** Makes the session one that the request's cookies alone do not identify, and returns it. */
    public FakeSession uncertain() {
        certain = false;
        return this;
    }

    @Override
    public void renew(Map<String, String> more) {
        attributes.putAll(more);
        starts++;
    }

    @Override
    public void invalidate() {
        attributes.clear();
    }

    /**
     * Returns how often the session got a new id, as it must at each login.
     *
     * @return the number of calls of {@link #renew}
     */
    public int starts() {
        return starts;
    }

    /**
     * Returns what the session holds.
     *
     * @return a copy
     */
    public Map<String, String> attributes() {
        return Map.copyOf(attributes);
    }

    /** A session holds secrets, so it shows the names alone. */
    @Override
    public String toString() {
        return "FakeSession" + attributes.keySet();
    }
}
