package io.postern.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses between 401 with challenges and 403 without (drf-contract ST-1 to ST-3). */
record Challenges(Challenge.Style style) {

    Denial choose(Denial denial, AuthRequest request, Policy policy) {
        if (denial.kind() != Denial.Kind.UNAUTHENTICATED) {
            return denial;
        }
        if (style == Challenge.Style.FIRST) {
            return first(denial, request, policy);
        }
        List<Challenge> offered = specific(all(request, policy), denial.challenges());
        return offered.isEmpty() ? denial.withoutChallenges() : denial.withChallenges(offered);
    }

    private static Denial first(Denial denial, AuthRequest request, Policy policy) {
        Optional<Challenge> first = policy.authenticators().isEmpty()
                ? Optional.empty()
                : policy.authenticators().get(0).challenge(request);
        return first.isEmpty() ? denial.withoutChallenges() : denial.withChallenges(List.of(first.get()));
    }

    private static List<Challenge> all(AuthRequest request, Policy policy) {
        List<Challenge> all = new ArrayList<>();
        for (Authenticator authenticator : policy.authenticators()) {
            Optional<Challenge> challenge = authenticator.challenge(request);
            if (challenge.isPresent() && !all.contains(challenge.get())) {
                all.add(challenge.get());
            }
        }
        return all;
    }

    /** The challenge of the authenticator that rejected is more specific than its general one and replaces it. */
    private static List<Challenge> specific(List<Challenge> general, List<Challenge> own) {
        List<Challenge> result = new ArrayList<>(own);
        for (Challenge challenge : general) {
            if (!hasScheme(own, challenge.scheme())) {
                result.add(challenge);
            }
        }
        return result;
    }

    private static boolean hasScheme(List<Challenge> challenges, String scheme) {
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equalsIgnoreCase(scheme)) {
                return true;
            }
        }
        return false;
    }
}
