/** Measures by turns in one JVM, and prints tables and pictures. */
@NullMarked
package io.postern.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
