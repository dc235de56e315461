package io.postern.auth.jwt.internal;

import io.postern.auth.internal.Ascii;
import io.postern.auth.internal.JsonNull;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protected header of a token, parsed: a pure function of its segment, so that it may be remembered.
 *
 * <p><b>Security.</b> Nothing has verified it yet. Immutable and safe for use by several threads; prints nothing.
 */
public final class JwsHeader {

    private static final Set<String> KEY_OR_ENCRYPTION_HEADERS =
            Set.of("jku", "jwk", "x5u", "x5c", "zip", "enc", "p2c");

    private final Map<String, Object> members;
    private final boolean extended;
    private final boolean bringsKey;
    private final @Nullable String type;

    /** Creates a header from its members, {@code null} as {@link JsonNull}; the map must not change. */
    JwsHeader(Map<String, Object> members) {
        this.members = members;
        this.extended = members.containsKey("crit") || members.containsKey("b64");
        this.bringsKey = members.keySet().stream().anyMatch(KEY_OR_ENCRYPTION_HEADERS::contains);
        this.type = members.get("typ") instanceof String typ ? shortType(typ) : null;
    }

    /**
     * Returns whether it demands an extension, by {@code crit} or {@code b64}; none is supported (RFC 7515, section
     * 4.1.11; RFC 7797).
     */
    boolean isExtended() {
        return extended;
    }

    /** Returns whether it brings a key, or a member that only encrypted tokens have; none is ever followed. */
    boolean bringsKey() {
        return bringsKey;
    }

    /** Returns the {@code alg}, or null if it is not a string. */
    public @Nullable String algorithm() {
        return string("alg");
    }

    /** Returns the {@code kid}, or null if it is not a string. */
    public @Nullable String keyId() {
        return string("kid");
    }

    /** Returns whether the {@code kid} is absent or a string. */
    boolean hasReadableKeyId() {
        return !members.containsKey("kid") || members.get("kid") instanceof String;
    }

    /** Returns whether there is a {@code typ}. */
    public boolean hasType() {
        return members.containsKey("typ");
    }

    /**
     * Returns whether the {@code typ} is one of these.
     *
     * @param allowed as {@link #shortType} returns them
     */
    public boolean hasType(Set<String> allowed) {
        return type != null && allowed.contains(type);
    }

    /** Returns a {@code typ} in lower case, without {@code application/} (RFC 7515, section 4.1.9). */
    public static String shortType(String type) {
        String lower = Ascii.lower(type);
        String prefix = "application/";
        boolean prefixed = lower.startsWith(prefix) && lower.indexOf('/', prefix.length()) < 0;
        return prefixed ? lower.substring(prefix.length()) : lower;
    }

    /** Returns the header without some members, and without {@code typ} and {@code kid} if they are null. */
    public JwsHeader without(Set<String> ignored) {
        Map<String, Object> rest = new LinkedHashMap<>(members);
        rest.keySet().removeAll(ignored);
        rest.remove("typ", JsonNull.NULL);
        rest.remove("kid", JsonNull.NULL);
        return rest.size() == members.size() ? this : new JwsHeader(Collections.unmodifiableMap(rest));
    }

    private @Nullable String string(String name) {
        return members.get(name) instanceof String value ? value : null;
    }

    @Override
    public String toString() {
        return "JwsHeader[***]";
    }
}
