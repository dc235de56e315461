/** How the cost of a request grows with policies, tokens and threads, and what a build costs. */
@NullMarked
package io.postern.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
