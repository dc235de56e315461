package io.postern.examples.todo;

/**
 * A todo.
 *
 * @param id its number
 * @param owner the id of the user whose it is; names may change, ids do not
 * @param title what is to be done
 * @param done whether it is
 */
record Todo(long id, String owner, String title, boolean done) {}
