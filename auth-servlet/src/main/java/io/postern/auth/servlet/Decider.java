package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Authenticator;
import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.Throttle;
import io.postern.auth.Verdict;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds dispatches of every kind against the policy of their target. */
final class Decider {

    private final Postern postern;
    private final ServletPolicies servlets;

    Decider(Postern postern, ServletPolicies servlets) {
        this.postern = postern;
        this.servlets = servlets;
    }

    /** Whatever goes wrong refuses: the chain is only called after a decision. */
    Decision decide(HttpServletRequest request) {
        try {
            Target target = Target.of(request);
            ServletRules rules = servlets.of(request.getServletContext(), target.servlet());
            return rules.guardsItself() ? new Decision.Through() : decide(request, target, rules);
        } catch (RuntimeException | Error e) {
            return new Decision.Denied(Failures.denial(request, e));
        }
    }

    private Decision decide(HttpServletRequest request, Target target, ServletRules rules) {
        DispatcherType type = request.getDispatcherType();
        Optional<Grant> before = type == DispatcherType.REQUEST ? Optional.empty() : Grant.of(request);
        boolean resumed = type == DispatcherType.ASYNC
                && before.filter(grant -> grant.isOf(postern.gate(), place(request, target)))
                        .isPresent();
        return resumed ? new Decision.Granted(before.orElseThrow()) : check(request, target, rules, before);
    }

    private Decision check(HttpServletRequest request, Target target, ServletRules rules, Optional<Grant> before) {
        AuthRequest adapted = new ServletAuthRequest(request);
        Policy policy = policy(adapted, rules);
        Authentication known = before.map(Grant::authentication).orElse(Authentication.anonymous());
        Set<Throttle> counted = before.map(Grant::counted).orElse(Set.of());
        Policy asked = request.getDispatcherType() == DispatcherType.ERROR
                ? withoutLogin(policy, known)
                : withoutThrottles(policy, counted);
        Gate gate = postern.gate();
        Verdict verdict = gate.check(adapted, asked, known);
        if (verdict instanceof Verdict.Denied denied) {
            return new Decision.Denied(denied.denial());
        }
        Authentication found = ((Verdict.Granted) verdict).authentication();
        Set<Throttle> all =
                Stream.concat(counted.stream(), asked.throttles().stream()).collect(Collectors.toUnmodifiableSet());
        return new Decision.Granted(new Grant(gate, policy, found, place(request, target), all));
    }

    /** An ambiguous path has no rule that annotations could take parts from: the request is refused as a whole. */
    private Policy policy(AuthRequest request, ServletRules rules) {
        Policy path = postern.policyFor(request);
        return rules.nameNothing() || postern.isAmbiguous(request) ? path : rules.over(path);
    }

    /** An error page is shown to whoever was known before, and counts for nothing. */
    private static Policy withoutLogin(Policy policy, Authentication known) {
        List<Authenticator> trusted = policy.authenticators().stream()
                .filter(authenticator -> known.authenticator().equals(Optional.of(authenticator)))
                .toList();
        return new Policy(trusted, policy.permissions(), List.of());
    }

    /** A throttle that has counted the request does not count its forwards. */
    private static Policy withoutThrottles(Policy policy, Set<Throttle> counted) {
        return counted.isEmpty()
                ? policy
                : new Policy(
                        policy.authenticators(),
                        policy.permissions(),
                        policy.throttles().stream()
                                .filter(throttle -> !counted.contains(throttle))
                                .toList());
    }

    /** Of two applications with one path, each is a place of its own. */
    private static String place(HttpServletRequest request, Target target) {
        return request.getContextPath() + target.path();
    }
}
