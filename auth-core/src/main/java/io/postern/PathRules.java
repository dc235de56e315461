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
    private final Map<String, Policy> exact = new HashMap<>();
    private final Map<String, Policy> prefixes = new HashMap<>();

    /** Creates rules for patterns that {@link #requirePattern} has checked; {@code /a} and {@code /a/} are one path. */
    PathRules(Policy byDefault, Map<String, Policy> rules) {
        this.byDefault = byDefault;
        rules.forEach((pattern, policy) -> {
            if (pattern.endsWith("/*")) {
                prefixes.put(pattern.substring(0, pattern.length() - 2), policy);
            } else {
                exact.put(withoutSlash(pattern), policy);
            }
        });
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
        String path = withoutSlash(request.path());
        Policy rule = exact.get(path);
        return rule != null ? rule : longestPrefix(path);
    }

    private Policy longestPrefix(String path) {
        for (int end = path.length(); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            Policy rule = prefixes.get(path.substring(0, end));
            if (rule != null) {
                return rule;
            }
        }
        return byDefault;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
