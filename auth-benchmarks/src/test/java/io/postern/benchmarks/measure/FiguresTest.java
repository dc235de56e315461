package io.postern.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void comparesSlicesOfTheSameRound() {
        List<Slice> floor = new ArrayList<>();
        List<Slice> mine = new ArrayList<>();
        for (int round = 0; round < 11; round++) {
            // A neighbour makes every other round ten times as slow, for both.
            double load = round % 2 == 0 ? 1 : 10;
            floor.add(new Slice(1_000 * load, 0, 8));
            mine.add(new Slice((2_000 + round) * load, 5_000, 16));
        }
        Figures figures = new Figures(mine, floor);
        assertThat(figures.ratio(0)).isEqualTo(2.0);
        assertThat(figures.ratio(0.5)).isCloseTo(2.005, within(1e-9));
        assertThat(figures.ratio(0.9)).isCloseTo(2.009, within(1e-9));
        assertThat(figures.micros(0)).isEqualTo(2.0);
        assertThat(figures.micros(1)).isCloseTo(20.09, within(1e-9));
        assertThat(figures.wallMicros(0.5)).isEqualTo(5.0);
        assertThat(figures.bytes()).isEqualTo(16.0);
    }

    @Test
    void measuresEachWorkByTurns() throws Exception {
        List<String> order = new ArrayList<>();
        Work one = calls -> order.add("one");
        Work other = calls -> order.add("other");
        List<Figures> found = new Turns(4, 1, 1).run(List.of(one, other));
        assertThat(order.subList(order.size() - 8, order.size()))
                .containsExactly("one", "other", "other", "one", "one", "other", "other", "one");
        assertThat(found)
                .hasSize(2)
                .allSatisfy(figures -> assertThat(figures.slices()).hasSize(4));
    }
}
