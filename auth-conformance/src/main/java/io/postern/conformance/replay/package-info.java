/** Sends requests over bare sockets and judges the answers; the hostile inputs start at {@link HostileCommand}. */
@NullMarked
package io.postern.conformance.replay;

import org.jspecify.annotations.NullMarked;
