/**
 * What every implementation of Postern's interfaces has to pass, and what helps to test one; start reading at {@link
 * io.postern.auth.testkit.CounterStoreContract}.
 *
 * <p>A contract is an interface of tests: implement it in a test class of yours and say how to make the thing under test.
 * Depends on {@code auth-core}, JUnit Jupiter and AssertJ.
 */
@NullMarked
package io.postern.auth.testkit;

import org.jspecify.annotations.NullMarked;
