package io.postern.auth.permission;

import java.util.Set;

/** DRF's {@code SAFE_METHODS}: TRACE and unknown methods are not among them. */
final class SafeMethods {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private SafeMethods() {}

    static boolean contains(String method) {
        return METHODS.contains(method);
    }
}
