package io.postern.auth.endpoint;

/** The format of the body of a refusal. */
public enum ErrorFormat {

    /** {@code {"detail": …}}, or field names with lists of messages, as in DRF. */
    DRF,

    /** Problem details of RFC 9457 with {@code type}, {@code title}, {@code status}, {@code detail} and {@code code}. */
    PROBLEM_DETAILS
}
