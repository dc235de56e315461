package io.postern;

import io.postern.auth.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A map whose keys are looked up as the start of a longer string, by a hash that the caller computes while it reads it. */
final class PathTable {

    private final List<List<Rule>> buckets = new ArrayList<>();
    private final int mask;

    private record Rule(String path, int hash, Policy policy) {}

    PathTable(Map<String, Policy> policies) {
        int size = Integer.highestOneBit(Math.max(1, policies.size())) * 2;
        this.mask = size - 1;
        for (int i = 0; i < size; i++) {
            buckets.add(new ArrayList<>(0));
        }
        policies.forEach((path, policy) -> {
            int hash = 0;
            for (int i = 0; i < path.length(); i++) {
                hash = hash(hash, path.charAt(i));
            }
            buckets.get(hash & mask).add(new Rule(path, hash, policy));
        });
    }

    /** Returns the hash of a string with one more character. */
    static int hash(int before, char next) {
        return 31 * before + next;
    }

    /**
     * Returns the policy of the first characters of a path.
     *
     * @param hash their hash
     * @param otherwise the policy if the table does not have them
     */
    Policy find(String path, int length, int hash, Policy otherwise) {
        List<Rule> bucket = buckets.get(hash & mask);
        for (int i = 0; i < bucket.size(); i++) {
            Rule rule = bucket.get(i);
            if (rule.hash() == hash && rule.path().length() == length && path.startsWith(rule.path())) {
                return rule.policy();
            }
        }
        return otherwise;
    }
}
