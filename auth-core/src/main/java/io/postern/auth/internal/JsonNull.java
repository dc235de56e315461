package io.postern.auth.internal;

/** What {@code null} of JSON becomes, so that a member that is null differs from one that is absent. */
public enum JsonNull {

    /** The only one. */
    NULL
}
