package io.postern.conformance.replay;

/** One header line; a character of the value is one byte (ISO-8859-1). */
record Header(String name, String value) {

    boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }
}
