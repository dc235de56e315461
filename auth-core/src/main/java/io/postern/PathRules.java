package io.postern;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the policy of a path: the exact rule, else that of the longest prefix, else the default one. */
final class PathRules {

    private static final Policy AMBIGUOUS = new Policy(List.of(), List.of(new RefusesPath()), List.of());

    /**
     * What other libraries' patterns have and paths have not: wildcards, variables, alternatives, a query. Neither is an
     * escape ever met in the decoded path.
     */
    private static final Pattern NO_PATH = Pattern.compile("[*%?{}\\[\\]|]|/:");

    private final Policy byDefault;
    private final Map<String, Policy> exact = new HashMap<>();
    private final Map<String, Policy> prefixes = new HashMap<>();

    /** Patterns have been checked by {@link #requirePattern}; {@code /a} and {@code /a/} are one path. */
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
        if (NO_PATH.matcher(path).find() || AmbiguousPath.is(path)) {
            throw new IllegalArgumentException("not a path pattern: \"" + pattern
                    + "\"; write an exact path such as /login or a prefix such as /admin/*, there are no variables");
        }
        return pattern.endsWith("/*") ? pattern : withoutSlash(pattern);
    }

    static boolean isAmbiguous(AuthRequest request) {
        return AmbiguousPath.is(request.rawPath()) || AmbiguousPath.hasControl(request.path());
    }

    Policy find(AuthRequest request) {
        if (isAmbiguous(request)) {
            return AMBIGUOUS;
        }
        String path = request.path();
        Policy rule = exact.get(withoutSlash(path));
        return rule != null ? rule : maxPrefix(withoutSlash(path));
    }

    private Policy maxPrefix(String path) {
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

    private record RefusesPath() implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return false;
        }

        @Override
        public Denial denial(AuthRequest request, Authentication authentication) {
            return Denial.of(400, "Ambiguous request path.", "malformed_request")
                    .withReason("ambiguous_path");
        }
    }
}
