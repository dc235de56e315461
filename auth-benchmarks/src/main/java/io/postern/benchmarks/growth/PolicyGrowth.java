package io.postern.benchmarks.growth;

import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.benchmarks.contender.PosternContender;
import io.postern.benchmarks.measure.Figures;
import io.postern.benchmarks.measure.Turns;
import io.postern.benchmarks.request.Requests;
import java.util.ArrayList;
import java.util.List;

/** What a request costs among more and more policies: one by opaque token in memory, whose path has the last of them. */
final class PolicyGrowth {

    static final List<Integer> STEPS = List.of(1, 10, 100, 1_000);

    private PolicyGrowth() {}

    static List<Figures> run(Turns turns) throws Exception {
        List<Requests> works = new ArrayList<>();
        for (int policies : STEPS) {
            works.add(Requests.good(
                    PosternContender.opaque(builder -> {
                        for (int i = 0; i < policies; i++) {
                            builder.policy("/api/resource" + i + "/*", isAuthenticated());
                        }
                        return builder;
                    }),
                    "/api/resource" + (policies - 1) + "/things/17"));
        }
        return turns.run(works);
    }
}
