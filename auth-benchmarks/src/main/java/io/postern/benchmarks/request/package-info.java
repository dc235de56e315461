/** What a request costs from filter to handler, beside the floor and the peers. */
@NullMarked
package io.postern.benchmarks.request;

import org.jspecify.annotations.NullMarked;
