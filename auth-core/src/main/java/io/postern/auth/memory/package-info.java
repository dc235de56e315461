/** The stores in memory, which {@code io.postern.InMemoryStores} returns by their interfaces. */
@NullMarked
package io.postern.auth.memory;

import org.jspecify.annotations.NullMarked;
