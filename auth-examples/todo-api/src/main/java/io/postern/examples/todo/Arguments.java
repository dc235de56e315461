package io.postern.examples.todo;

/**
 * The command line.
 *
 * @param port where to listen
 * @param transport how JWTs are sent
 */
record Arguments(int port, TokenTransport transport) {

    private static final int LARGEST_PORT = 65_535;

    static Arguments of(String... args) {
        Arguments read = new Arguments(8080, TokenTransport.HEADER);
        int next = 0;
        while (next < args.length) {
            if (args[next].equals("--cookies")) {
                read = new Arguments(read.port, TokenTransport.COOKIES);
                next++;
            } else if (args[next].equals("--port") && next + 1 < args.length) {
                read = new Arguments(portOf(args[next + 1]), read.transport);
                next += 2;
            } else {
                throw usage();
            }
        }
        return read;
    }

    private static int portOf(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= LARGEST_PORT) {
            return Integer.parseInt(text);
        }
        throw usage();
    }

    private static IllegalArgumentException usage() {
        return new IllegalArgumentException(
                "usage: [--port <number>] [--cookies]; the port is 8080 unless you name it, "
                        + "and any free one for 0; with --cookies signed tokens travel in cookies");
    }
}
