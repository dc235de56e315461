package io.postern.auth.redis;

import io.postern.auth.user.Device;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The fields of a row, by name; strings are escaped, times are microseconds. */
record Fields(Map<String, String> values) {

    static Fields empty() {
        return new Fields(new HashMap<>());
    }

    Fields text(String name, String value) {
        values.put(name, Text.escape(value));
        return this;
    }

    Fields time(String name, Instant value) {
        values.put(name, Times.micros(value));
        return this;
    }

    Fields device(Device device) {
        return text("label", device.label()).text("address", device.address()).text("agent", device.userAgent());
    }

    String text(String name) {
        return Text.unescape(Objects.requireNonNull(values.get(name), name));
    }

    Instant time(String name) {
        return Times.instant(Objects.requireNonNull(values.get(name), name));
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(values.get(name)).map(Text::unescape);
    }

    Optional<Instant> optionalTime(String name) {
        return Optional.ofNullable(values.get(name)).map(Times::instant);
    }

    Device device() {
        return new Device(text("label"), text("address"), text("agent"));
    }

    /** Returns whether this is the row of a user that an entry refers to. */
    boolean isOf(String userId, Entry entry) {
        return !values.isEmpty() && text("user").equals(userId) && text("id").equals(entry.id());
    }
}
