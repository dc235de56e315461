/**
 * A to-do list protected by Postern; start reading at {@link io.postern.examples.todo.TodoServer}.
 *
 * <p>Depends on Postern's core and servlet modules, embedded Jetty and Jackson.
 */
@NullMarked
package io.postern.examples.todo;

import org.jspecify.annotations.NullMarked;
