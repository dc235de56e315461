package io.postern.benchmarks.request;

import io.postern.benchmarks.contender.Contender;
import io.postern.benchmarks.contender.Contenders;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The groups of cases that are compared; the first of each group is the floor. */
public final class RequestCases {

    private static final List<String> WITH_REFUSALS = List.of("jwt-hs256", "basic-plain", "opaque");

    private RequestCases() {}

    /**
     * Creates and checks the cases of a scheme: of good credentials, and for some schemes of those that are refused.
     *
     * @throws IllegalStateException if a filter does not refuse what it has to
     */
    public static Map<String, List<Requests>> of(String scheme) throws IOException, ServletException {
        List<Requests> good = new ArrayList<>();
        for (Contender contender : Contenders.of(scheme)) {
            good.add(Requests.good(contender));
        }
        Map<String, List<Requests>> groups = new LinkedHashMap<>();
        groups.put(scheme, List.copyOf(good));
        if (WITH_REFUSALS.contains(scheme)) {
            List<Requests> refusing = good.stream()
                    .filter(each -> !each.name().matches(".*(cache|again|user)$"))
                    .toList();
            groups.put(
                    scheme + ", no credential",
                    refusing.stream()
                            .map(each -> each.refused(each.refused().missing()))
                            .toList());
            groups.put(
                    scheme + ", bad credential",
                    refusing.stream()
                            .map(each -> each.refused(each.refused().damaged()))
                            .toList());
            groups.put(
                    scheme + ", other scheme",
                    refusing.stream()
                            .map(each -> each.refused(each.refused().wrongScheme()))
                            .toList());
        }
        return groups;
    }
}
