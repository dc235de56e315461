package io.postern.examples.todo;

/** The command line. */
final class Arguments {

    private static final int USUAL_PORT = 8080;
    private static final int LARGEST_PORT = 65_535;

    private Arguments() {}

    static int port(String... args) {
        if (args.length == 0) {
            return USUAL_PORT;
        }
        boolean isPort = args.length == 2 && args[0].equals("--port") && args[1].matches("[0-9]{1,5}");
        if (isPort && Integer.parseInt(args[1]) <= LARGEST_PORT) {
            return Integer.parseInt(args[1]);
        }
        throw new IllegalArgumentException("usage: --port <number>, 0 for any free port; 8080 without it");
    }
}
