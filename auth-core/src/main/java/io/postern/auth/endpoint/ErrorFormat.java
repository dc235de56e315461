package io.postern.auth.endpoint;

/** What the body of a refusal looks like. */
public enum ErrorFormat {

    /** {@code {"detail": …}}, or field names with lists of messages, as DRF writes them. */
    DRF,

    /** Problem details of RFC 9457 with {@code type}, {@code title}, {@code status}, {@code detail} and {@code code}. */
    PROBLEM_DETAILS
}
