package io.postern.benchmarks.growth;

import io.postern.benchmarks.PostgresBed;
import io.postern.benchmarks.measure.Figures;
import io.postern.benchmarks.measure.Turns;
import io.postern.benchmarks.measure.Work;
import java.util.ArrayList;
import java.util.List;

/** What a request by opaque token costs among more and more tokens in PostgreSQL, each number of them in a database of its own. */
final class TokenGrowth {

    private TokenGrowth() {}

    static List<Figures> run(Turns turns, List<Integer> steps) throws Exception {
        List<PostgresBed> beds = new ArrayList<>();
        try {
            List<Work> works = new ArrayList<>();
            for (int tokens : steps) {
                PostgresBed bed = PostgresBed.start();
                beds.add(bed);
                bed.addTokens(0, tokens, "NULL");
                works.add(bed.requests(tokens));
            }
            return turns.run(works);
        } finally {
            for (PostgresBed bed : beds) {
                bed.close();
            }
        }
    }
}
