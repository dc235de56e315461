package io.postern.benchmarks.contender;

import io.postern.benchmarks.stub.Credential;
import java.util.List;

/**
 * Opaque tokens that a contender has issued, one for each user.
 *
 * @param values of 40 characters or more
 */
record OpaqueTokens(List<String> values) {

    List<Credential> good() {
        return values.stream()
                .map(value -> Credential.header("Bearer " + value))
                .toList();
    }

    /** The damaged one is well-formed and unknown. */
    Refused refused(String unknown) {
        return Refused.ofHeaders("Bearer " + unknown, "Digest " + values.get(0));
    }

    @Override
    public String toString() {
        return "OpaqueTokens[***]";
    }
}
