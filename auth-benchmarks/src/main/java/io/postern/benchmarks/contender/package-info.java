/** The filters that are measured: ours, the fewest lines that are right, and the peers. */
@NullMarked
package io.postern.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
