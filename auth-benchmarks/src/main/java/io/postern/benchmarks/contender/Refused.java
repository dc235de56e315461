package io.postern.benchmarks.contender;

import io.postern.benchmarks.stub.Credential;

/**
 * What no filter may grant.
 *
 * @param missing no credential
 * @param damaged like a good one, with a mistake that only a look-up or a signature reveals
 * @param wrongScheme the good one under a scheme that no contender accepts
 */
public record Refused(Credential missing, Credential damaged, Credential wrongScheme) {

    static Refused ofHeaders(String damaged, String wrongScheme) {
        return new Refused(Credential.NONE, Credential.header(damaged), Credential.header(wrongScheme));
    }
}
