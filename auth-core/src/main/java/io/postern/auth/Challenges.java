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
        List<Challenge> offered = style == Challenge.Style.FIRST
                ? first(request, policy)
                : specific(all(request, policy), denial.challenges());
        return offered.isEmpty() ? denial.withoutChallenges() : denial.withChallenges(offered);
    }

    private static List<Challenge> first(AuthRequest request, Policy policy) {
        return policy.authenticators().stream()
                .limit(1)
                .map(authenticator -> authenticator.challenge(request))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Challenge> all(AuthRequest request, Policy policy) {
        return policy.authenticators().stream()
                .map(authenticator -> authenticator.challenge(request))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** The challenge of the authenticator that rejected is more specific than its general one and replaces it. */
    private static List<Challenge> specific(List<Challenge> general, List<Challenge> own) {
        List<Challenge> result = new ArrayList<>(own);
        general.stream()
                .filter(g -> own.stream().noneMatch(o -> o.scheme().equalsIgnoreCase(g.scheme())))
                .forEach(result::add);
        return result;
    }
}
