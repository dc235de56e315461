package io.postern.auth;

import java.time.Duration;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A refusal: the response that an adapter writes, and a reason for operators that is never written.
 *
 * <p><b>Security.</b> {@code detail} and {@code code} are equal for causes that a client must not distinguish, such as an
 * unknown user and a wrong password; {@code reason} distinguishes them and is sent to event listeners only.
 *
 * <p>Mirrors DRF's {@code APIException}.
 *
 * @param status the HTTP status; a 401 without a challenge becomes a 403 (drf-contract ST-2)
 * @param detail one sentence for the client
 * @param code a stable identifier for programs, in snake case
 * @param reason a stable identifier for events, in snake case
 * @param members further members of the JSON body beside {@code detail}, in order
 * @param challenges the values of the {@code WWW-Authenticate} headers
 * @param retryAfter how long to wait; empty if unknown or pointless
 */
public record Denial(
        int status,
        String detail,
        String code,
        String reason,
        Map<String, Object> members,
        List<Challenge> challenges,
        Optional<Duration> retryAfter) {

    private static final Denial NOT_AUTHENTICATED =
            of(401, "Authentication credentials were not provided.", "not_authenticated");
    private static final Denial PERMISSION_DENIED =
            permissionDenied("You do not have permission to perform this action.", "permission_denied");

    /** What a denial asks of the client. */
    public enum Kind {

        /** To authenticate (401). */
        UNAUTHENTICATED,

        /** Nothing: an authenticated caller lacks a permission (403). */
        FORBIDDEN,

        /** To slow down (429). */
        THROTTLED,

        /** Whatever its status and detail express. */
        OTHER;

        private static Kind of(int status) {
            return switch (status) {
                case 401 -> UNAUTHENTICATED;
                case 403 -> FORBIDDEN;
                case 429 -> THROTTLED;
                default -> OTHER;
            };
        }
    }

    /** A map that never changes, so that denials made from one another share it and compare fast. */
    private static final class Members extends AbstractMap<String, Object> {

        private final Map<String, Object> map;

        private Members(Map<String, Object> map) {
            this.map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }

        static Members of(Map<String, Object> map) {
            return map instanceof Members fixed ? fixed : new Members(map);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return map.entrySet();
        }
    }

    /** Copies the collections; throws {@link IllegalArgumentException} if the status is not from 400 to 599. */
    public Denial {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a denial needs a status from 400 to 599, not " + status);
        }
        members = members.isEmpty() ? Map.of() : Members.of(members);
        challenges = List.copyOf(challenges);
    }

    /**
     * Returns a denial of any status.
     *
     * @param code a stable identifier, also the reason unless {@link #withReason(String)} sets another
     */
    public static Denial of(int status, String detail, String code) {
        return new Denial(status, detail, code, code, Map.of(), List.of(), Optional.empty());
    }

    /**
     * Returns the denial of a bad credential (DRF's {@code AuthenticationFailed}), with status 401 and code {@code
     * authentication_failed}.
     *
     * @param detail one sentence for the client
     * @param reason the reason for events
     */
    public static Denial authenticationFailed(String detail, String reason) {
        return of(401, detail, "authentication_failed").withReason(reason);
    }

    /** Returns the denial of a request without credentials (DRF's {@code NotAuthenticated}), with status 401. */
    public static Denial notAuthenticated() {
        return NOT_AUTHENTICATED;
    }

    /**
     * Returns the denial of a caller who lacks a permission (DRF's {@code PermissionDenied}), with status 403 and code
     * {@code permission_denied}.
     */
    public static Denial permissionDenied() {
        return PERMISSION_DENIED;
    }

    /**
     * Returns the denial of a caller who lacks a permission, with a custom detail and code and status 403.
     *
     * @param detail one sentence for the client
     * @param code a stable identifier
     */
    public static Denial permissionDenied(String detail, String code) {
        return of(403, detail, code);
    }

    /**
     * Returns the denial of a request that may be forged by another site (DRF's {@code CSRF Failed}), with status 403
     * and the reason {@code csrf_failed}.
     *
     * @param why what is missing or does not match, for the client
     */
    public static Denial csrfFailed(String why) {
        return permissionDenied("CSRF Failed: " + why, "permission_denied").withReason("csrf_failed");
    }

    /** Returns the denial that hides whether the object exists (DRF's {@code NotFound}), with status 404. */
    public static Denial notFound() {
        return of(404, "Not found.", "not_found");
    }

    /**
     * Returns the denial of a method that has no handler (DRF's {@code MethodNotAllowed}), with status 405.
     *
     * @param method the method as sent
     */
    public static Denial methodNotAllowed(String method) {
        return of(405, "Method \"" + method + "\" not allowed.", "method_not_allowed");
    }

    /**
     * Returns the denial of a caller who exceeds a rate limit (DRF's {@code Throttled}), with status 429 and the wait in
     * its detail, rounded up to seconds.
     *
     * @param wait how long to wait; empty if unknown
     */
    public static Denial throttled(Optional<Duration> wait) {
        String detail = "Request was throttled.";
        Optional<Duration> whole = wait.map(Denial::roundedUp);
        String expected = whole.map(Duration::toSeconds)
                .map(n -> " Expected available in " + n + (n == 1 ? " second." : " seconds."))
                .orElse("");
        return of(429, detail + expected, "throttled").withRetryAfter(whole);
    }

    /**
     * Returns the denial of every request while a store fails, with status 503.
     *
     * @param wait how long to wait before the next attempt
     */
    public static Denial unavailable(Duration wait) {
        return of(503, "Service temporarily unavailable, try again later.", "service_unavailable")
                .withRetryAfter(Optional.of(wait));
    }

    /** Returns what the denial asks of the client, which its status expresses on the wire. */
    public Kind kind() {
        return Kind.of(status);
    }

    /** Returns this denial with another reason for events, which is never sent to the client. */
    public Denial withReason(String other) {
        return new Denial(status, detail, code, other, members, challenges, retryAfter);
    }

    /**
     * Returns this denial with one more member of the JSON body.
     *
     * @param value a string, number, boolean, list or map
     */
    public Denial withMember(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Denial(status, detail, code, reason, more, challenges, retryAfter);
    }

    /** Returns this denial with other challenges. */
    public Denial withChallenges(List<Challenge> others) {
        return new Denial(status, detail, code, reason, members, others, retryAfter);
    }

    /** Returns this denial with another wait; empty for none. */
    public Denial withRetryAfter(Optional<Duration> wait) {
        return new Denial(status, detail, code, reason, members, challenges, wait);
    }

    /** Returns this denial for a client that cannot authenticate, as 403 without challenges (drf-contract ST-3). */
    Denial withoutChallenges() {
        return new Denial(403, detail, code, reason, members, List.of(), retryAfter);
    }

    private static Duration roundedUp(Duration wait) {
        return wait.getNano() == 0 ? wait : Duration.ofSeconds(wait.getSeconds() + 1);
    }
}
