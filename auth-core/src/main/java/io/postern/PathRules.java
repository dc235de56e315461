package io.postern;

import io.postern.auth.AuthRequest;
import io.postern.auth.Policy;
import io.postern.auth.internal.AmbiguousPath;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the policy of a path: that of the exact path, else of the longest prefix, else the default policy. */
final class PathRules {

    /**
     * Syntax of other libraries' patterns that paths do not have: wildcards, variables, alternatives, a query. Escapes do
     * not occur in a decoded path either.
     */
    private static final Pattern NOT_A_PATH = Pattern.compile("[*%?{}\\[\\]|]|/:");

    private final Policy byDefault;
    private final PathTable exact;
    private final PathTable prefixes;
    private final boolean isEmpty;

    /** Creates rules for patterns that {@link #requirePattern} has checked; {@code /a} and {@code /a/} are one path. */
    PathRules(Policy byDefault, Map<String, Policy> rules) {
        this.byDefault = byDefault;
        Map<String, Policy> paths = new HashMap<>();
        Map<String, Policy> starts = new HashMap<>();
        rules.forEach((pattern, policy) -> {
            if (pattern.endsWith("/*")) {
                starts.put(pattern.substring(0, pattern.length() - 2), policy);
            } else {
                paths.put(withoutSlash(pattern), policy);
            }
        });
        this.exact = new PathTable(paths);
        this.prefixes = new PathTable(starts);
        this.isEmpty = rules.isEmpty();
    }

    static String requirePattern(String pattern) {
        String path = pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (NOT_A_PATH.matcher(path).find() || AmbiguousPath.is(path)) {
            throw new IllegalArgumentException("not a path pattern: \"" + pattern
                    + "\"; write an exact path such as /login or a prefix such as /admin/*, there are no variables");
        }
        return pattern.endsWith("/*") ? pattern : withoutSlash(pattern);
    }

    Policy find(AuthRequest request) {
        return isEmpty ? byDefault : find(request.path());
    }

    /** Reads the path once, in time that does not depend on the number of rules, and cuts nothing from it. */
    private Policy find(String path) {
        int length = path.endsWith("/") ? path.length() - 1 : path.length();
        Policy longest = byDefault;
        int hash = 0;
        for (int i = 0; i < length; i++) {
            char c = path.charAt(i);
            if (c == '/') {
                longest = prefixes.find(path, i, hash, longest);
            }
            hash = PathTable.hash(hash, c);
        }
        longest = prefixes.find(path, length, hash, longest);
        return exact.find(path, length, hash, longest);
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
