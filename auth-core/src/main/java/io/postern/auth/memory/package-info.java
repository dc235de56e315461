/** Stores in the memory of this process, behind {@code io.postern.InMemoryStores}; not exported. */
@NullMarked
package io.postern.auth.memory;

import org.jspecify.annotations.NullMarked;
