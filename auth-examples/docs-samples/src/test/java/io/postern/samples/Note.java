package io.postern.samples;

/**
 * A note.
 *
 * @param owner the id of the user whose it is
 * @param text what it says
 */
record Note(String owner, String text) {}
