package io.postern.auth;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A refusal: everything an adapter must write, and for the operator a reason that is never written.
 *
 * <p><b>Security.</b> {@code detail} and {@code code} are the same for causes that a client must not tell apart, such
 * as an unknown user and a wrong password; {@code reason} tells them apart and goes to events only.
 *
 * <p>Mirrors DRF's {@code APIException}.
 *
 * @param status the HTTP status; 401 is subject to the choice between 401 and 403 (drf-contract ST-2)
 * @param detail one sentence for the client
 * @param code a stable word for programs, in snake case
 * @param reason a stable word for events, in snake case
 * @param members further members of the JSON body beside {@code detail}, in order
 * @param challenges what the {@code WWW-Authenticate} headers say
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

    /**
     * Copies the collections.
     *
     * @param status the HTTP status
     * @param detail one sentence for the client
     * @param code a stable word for programs, in snake case
     * @param reason a stable word for events, in snake case
     * @param members further members of the JSON body beside {@code detail}, in order
     * @param challenges what the {@code WWW-Authenticate} headers say
     * @param retryAfter how long to wait
     * @throws IllegalArgumentException if the status is not from 400 to 599
     */
    public Denial {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a denial needs a status from 400 to 599, not " + status);
        }
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        challenges = List.copyOf(challenges);
    }

    /**
     * Returns a denial of any status.
     *
     * @param status the HTTP status
     * @param detail one sentence for the client
     * @param code a stable word, also the reason until {@link #withReason(String)} says another
     * @return the denial
     */
    public static Denial of(int status, String detail, String code) {
        return new Denial(status, detail, code, code, Map.of(), List.of(), Optional.empty());
    }

    /**
     * Returns the denial of a bad credential (DRF's {@code AuthenticationFailed}).
     *
     * @param detail one sentence for the client
     * @param reason the word for events
     * @return a denial with status 401 and code {@code authentication_failed}
     */
    public static Denial authenticationFailed(String detail, String reason) {
        return of(401, detail, "authentication_failed").withReason(reason);
    }

    /**
     * Returns the denial of a request without credentials (DRF's {@code NotAuthenticated}).
     *
     * @return a denial with status 401 and code {@code not_authenticated}
     */
    public static Denial notAuthenticated() {
        return of(401, "Authentication credentials were not provided.", "not_authenticated");
    }

    /**
     * Returns the denial of a known caller (DRF's {@code PermissionDenied}).
     *
     * @return a denial with status 403 and code {@code permission_denied}
     */
    public static Denial permissionDenied() {
        return permissionDenied("You do not have permission to perform this action.", "permission_denied");
    }

    /**
     * Returns the denial of a known caller in words of your own.
     *
     * @param detail one sentence for the client
     * @param code a stable word
     * @return a denial with status 403
     */
    public static Denial permissionDenied(String detail, String code) {
        return of(403, detail, code);
    }

    /**
     * Returns the denial of a request that somebody else's page may have made (DRF's {@code CSRF Failed}).
     *
     * @param why what lacks or does not match, for the client
     * @return a denial with status 403 and the reason {@code csrf_failed}
     */
    public static Denial csrfFailed(String why) {
        return permissionDenied("CSRF Failed: " + why, "permission_denied").withReason("csrf_failed");
    }

    /**
     * Returns the denial that hides whether the object exists (DRF's {@code NotFound}).
     *
     * @return a denial with status 404
     */
    public static Denial notFound() {
        return of(404, "Not found.", "not_found");
    }

    /**
     * Returns the denial of a method that has no handler (DRF's {@code MethodNotAllowed}).
     *
     * @param method the method as sent
     * @return a denial with status 405
     */
    public static Denial methodNotAllowed(String method) {
        return of(405, "Method \"" + method + "\" not allowed.", "method_not_allowed");
    }

    /**
     * Returns the denial of a caller who comes too often (DRF's {@code Throttled}).
     *
     * @param wait how long to wait; empty if nobody knows
     * @return a denial with status 429 and the wait in its text, rounded up to seconds
     */
    public static Denial throttled(Optional<Duration> wait) {
        String text = "Request was throttled.";
        Optional<Duration> whole = wait.map(Denial::roundedUp);
        String expected = whole.map(Duration::toSeconds)
                .map(n -> " Expected available in " + n + (n == 1 ? " second." : " seconds."))
                .orElse("");
        return of(429, text + expected, "throttled").withRetryAfter(whole);
    }

    /**
     * Returns the denial given while a store fails: nobody is let in, and it is worth trying again.
     *
     * @param wait how long to wait before the next try
     * @return a denial with status 503
     */
    public static Denial unavailable(Duration wait) {
        return of(503, "Service temporarily unavailable, try again later.", "service_unavailable")
                .withRetryAfter(Optional.of(wait));
    }

    /**
     * Returns this denial with another reason for events.
     *
     * @param word the reason, never shown to the client
     * @return a new denial
     */
    public Denial withReason(String word) {
        return new Denial(status, detail, code, word, members, challenges, retryAfter);
    }

    /**
     * Returns this denial with one more member of the JSON body.
     *
     * @param name the member's name
     * @param value text, number, boolean, list or map
     * @return a new denial
     */
    public Denial withMember(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Denial(status, detail, code, reason, more, challenges, retryAfter);
    }

    /**
     * Returns this denial with other challenges.
     *
     * @param others the challenges
     * @return a new denial
     */
    public Denial withChallenges(List<Challenge> others) {
        return new Denial(status, detail, code, reason, members, others, retryAfter);
    }

    /**
     * Returns this denial with another wait.
     *
     * @param wait how long to wait; empty for none
     * @return a new denial
     */
    public Denial withRetryAfter(Optional<Duration> wait) {
        return new Denial(status, detail, code, reason, members, challenges, wait);
    }

    Denial status(int other) {
        return new Denial(other, detail, code, reason, members, challenges, retryAfter);
    }

    private static Duration roundedUp(Duration wait) {
        return wait.getNano() == 0 ? wait : Duration.ofSeconds(wait.getSeconds() + 1);
    }
}
