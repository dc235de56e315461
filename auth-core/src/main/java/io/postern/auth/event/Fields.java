package io.postern.auth.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds the fields of an event in the order in which they are logged. */
final class Fields {

    private final Map<String, Object> values = new LinkedHashMap<>();

    private Fields() {}

    static Fields of(String name, Object value) {
        return new Fields().and(name, value);
    }

    static Fields ofRequest(String method, String path, String address) {
        return of("method", method).and("path", path).and("address", address);
    }

    static Map<String, Object> ofToken(String kind, String id, String user) {
        return of("kind", kind).and("token", id).and("user", user).map();
    }

    Fields and(String name, Object value) {
        values.put(name, value);
        return this;
    }

    Map<String, Object> map() {
        return Collections.unmodifiableMap(values);
    }
}
