/** What a container would hand to a filter, as lean as it can be. */
@NullMarked
package io.postern.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
