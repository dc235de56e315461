package io.postern.auth.jwt.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * In what the verification of our own tokens (simplejwt's rules, or RFC 9068 where they are strict) and that of outside
 * tokens (RFC 8725 and RFC 9068) differ.
 *
 * @param keys finds the verification key
 * @param refuseKeyHeaders whether members of the header that bring a key are refused; they are never followed
 * @param times which values of {@code iat}, {@code nbf} and {@code exp} are times
 * @param leeway how far clocks may differ, for all times alike
 * @param maxLifetime the longest time from {@code iat} to {@code exp}; empty for no limit
 * @param issuer the required {@code iss}; empty to ignore it
 * @param audience the values one of which {@code aud} must name; empty to ignore it
 */
public record TokenRules(
        KeySource keys,
        boolean refuseKeyHeaders,
        NumericDate times,
        Duration leeway,
        Optional<Duration> maxLifetime,
        Optional<String> issuer,
        Set<String> audience) {}
