package io.postern.auth.endpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A path of an endpoint, in which a whole segment may be a variable: {@code /user/{id}/}.
 *
 * @param segments the segments between the slashes, variables in braces
 */
record PathTemplate(List<String> segments) {

    private static final Pattern SEGMENT = Pattern.compile("[^{}/]+|\\{[A-Za-z][A-Za-z0-9_]*}");

    static PathTemplate of(String path) {
        if (!path.startsWith("/") || !path.endsWith("/")) {
            throw new IllegalArgumentException("the path of an endpoint begins and ends with a slash: " + path);
        }
        List<String> segments = split(path);
        Set<String> variables = new HashSet<>();
        for (String segment : segments) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new IllegalArgumentException(
                        "not a path of an endpoint: " + path + "; a variable is a whole segment such as {id}");
            }
            if (isVariable(segment) && !variables.add(segment)) {
                throw new IllegalArgumentException("two variables " + segment + " in the path " + path);
            }
        }
        return new PathTemplate(segments);
    }

    boolean hasVariables() {
        return segments.stream().anyMatch(PathTemplate::isVariable);
    }

    /** Returns the path with anonymous variables; two paths of the same shape match the same requests. */
    String shape() {
        StringBuilder shape = new StringBuilder("/");
        segments.forEach(
                segment -> shape.append(isVariable(segment) ? "{}" : segment).append('/'));
        return shape.toString();
    }

    /**
     * Compares so that literal segments precede variables, from left to right. Templates of different lengths match
     * different paths; they are ordered by length, or the order would not be transitive.
     */
    static int mostSpecificFirst(PathTemplate one, PathTemplate other) {
        if (one.segments.size() != other.segments.size()) {
            return Integer.compare(one.segments.size(), other.segments.size());
        }
        for (int i = 0; i < one.segments.size(); i++) {
            int order = Boolean.compare(isVariable(one.segments.get(i)), isVariable(other.segments.get(i)));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Returns the variables of a path that begins and ends with a slash; empty if the path does not match. */
    Optional<Map<String, String>> match(String path) {
        List<String> values = split(path);
        if (values.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            String segment = segments.get(i);
            String value = values.get(i);
            if (isVariable(segment) && !value.isEmpty()) {
                variables.put(segment.substring(1, segment.length() - 1), value);
            } else if (!segment.equals(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static List<String> split(String path) {
        List<String> segments = new ArrayList<>();
        int start = 1;
        for (int end = path.indexOf('/', start); end >= 0; end = path.indexOf('/', start)) {
            segments.add(path.substring(start, end));
            start = end + 1;
        }
        return segments;
    }
}
