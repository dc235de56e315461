package io.postern.conformance.replay;

/** One header line; a character is one byte (ISO-8859-1). Without a name, the value is the whole line. */
record Header(String name, String value) {

    private static final String SEPARATOR = ": ";

    /** A line as it is written, whether or not it is a header. */
    static Header line(String line) {
        return new Header("", line);
    }

    boolean isNamed(String other) {
        String own = name.isEmpty() ? value.split(":", 2)[0].strip() : name;
        return own.equalsIgnoreCase(other);
    }

    String written() {
        return name.isEmpty() ? value : name + SEPARATOR + value;
    }
}
